import type { Explanations } from './types.ts'

/** Codes of this action itself: what no answer of Tencent Cloud says. */
export const own = {
  'Input.Invalid': {
    meaning: 'Inputs of this step are missing or wrong; this was found before any call.',
    fix: 'Correct the inputs named above in the workflow.',
  },
  'Network.Connect': {
    meaning: 'No connection to the API could be opened.',
    fix: 'Nothing to fix in the workflow when the network was down for a moment: run the step again. On a self-hosted runner, see whether it may reach `*.tencentcloudapi.com:443`, or needs `HTTPS_PROXY`; with `endpoint`, whether that host is right.',
  },
  'Network.Deadline': {
    meaning: 'The deadline of the step (`wait-minutes`) ended before an answer came.',
    fix: 'Run the step again; it is safe to repeat. When it happens often, raise `wait-minutes`.',
  },
  'Network.HttpStatus': {
    meaning:
      'Something between this runner and the API (a gateway, a proxy) answered with an HTTP error instead of the API.',
    fix: 'A 5xx passes by itself: run the step again. With any other status look at `endpoint` and at the proxy of the runner.',
  },
  'Network.Proxy': {
    meaning: 'The proxy of this runner (`HTTPS_PROXY`) did not open a tunnel to the API.',
    fix: 'Allow CONNECT to `*.tencentcloudapi.com:443` on the proxy, correct `HTTPS_PROXY` (form `http://user:password@host:port`), or name the API in `NO_PROXY`.',
  },
  'Network.Redirect': {
    meaning:
      'The endpoint answered with a redirect. Redirects are never followed: a signed request goes to the host it was signed for.',
    fix: 'Set `endpoint` to the final address, or remove it.',
  },
  'Network.Reset': {
    meaning: 'The connection broke before the whole answer had come. Whether the service applied the call is unknown.',
    fix: 'Run the step again; it is safe to repeat.',
  },
  'Network.Response': {
    meaning: 'The answer was not one of the Tencent Cloud API: no JSON with a `Response`, or too large.',
    fix: 'Look at `endpoint` and at the proxy of the runner. When both are right, run the step again.',
  },
  'Network.Timeout': {
    meaning: 'The service did not answer in time. Whether it applied the call is unknown.',
    fix: 'Run the step again; it is safe to repeat.',
  },
  'Network.Tls': {
    meaning: 'The TLS certificate of the endpoint (or of the proxy) could not be verified, so nothing was sent.',
    fix: 'Behind a proxy that inspects TLS, put its root certificate into a file and name that file in `NODE_EXTRA_CA_CERTS`. Otherwise somebody may be in the path: do not switch verification off.',
  },
  'Run.Cancelled': {
    meaning: 'The run was cancelled.',
    fix: 'Run the step again when you want the change; it is safe to repeat.',
  },
  'Run.Unexpected': {
    meaning: 'A defect of this action: it met a state it does not know.',
    fix: 'Run the step again. If it repeats, open an issue with the log of a run with debug logging; it holds no secrets.',
  },
} as const satisfies Explanations
