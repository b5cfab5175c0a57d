import type { Explanations } from './types.ts'

/** Codes of this action itself: what no answer of Tencent Cloud says. */
export const own = {
  'Certificate.AlgorithmUnknown': {
    meaning:
      'The host has several certificates, and it is not known of which algorithm they and the new one are; binding the new one would drop certificates at random. Nothing was changed on this host.',
    fix: 'Allow the key `ssl:DescribeCertificates`; or name all certificates that the hosts shall have in `cert-id`; or set `keep-other-algorithms: false` to have exactly those.',
  },
  'Certificate.Expired': {
    meaning: 'The certificate has expired; EdgeOne refuses it, and browsers would. Nothing was changed.',
    fix: 'Renew the certificate, and pass the ID of the new one as `cert-id`.',
  },
  'Certificate.ExpiresSoon': {
    meaning:
      'The certificate ends sooner than `min-days-left` asks for: most often the renewal before this step did not renew. Nothing was changed.',
    fix: 'Look at the step that renews the certificate, and whether `cert-id` is the new one. Otherwise lower `min-days-left`.',
  },
  'Certificate.File': {
    meaning:
      'A file that `certificate` or `private-key` names could not be read: it is not there, it is no file, or it lies outside of the workspace. Nothing was changed.',
    fix: 'Give paths relative to the workspace of the job, and see whether the step before wrote there. What lies elsewhere must be copied into the workspace first.',
  },
  'Certificate.KeyMismatch': {
    meaning:
      'A private key belongs to none of the certificates that were given, or a leaf has no key. Nothing was changed.',
    fix: 'Give the key with which this certificate was requested: most often certificate and key come from two different renewals.',
  },
  'Certificate.KeyTooShort': {
    meaning:
      'The key of the certificate is shorter than EdgeOne takes: RSA of 2048 bits, EC of 225 bits. Nothing was changed.',
    fix: 'Issue the certificate anew with a key of RSA 2048 or EC P-256, and pass its ID as `cert-id`.',
  },
  'Certificate.NamesUnknown': {
    meaning:
      'With `match: certificate` the hosts are those that the certificate covers, and its names could not be read. Nothing was changed.',
    fix: 'Allow the key `ssl:DescribeCertificates`, see whether `cert-id` is right, or choose the hosts with `match: exact` or `match: pattern`.',
  },
  'Certificate.NoDefault': {
    meaning: 'The site has no default certificate that is deployed and valid. Nothing was changed.',
    fix: 'See the default certificate of the site in the EdgeOne console, or name a certificate in `cert-id`.',
  },
  'Certificate.NotCovered': {
    meaning:
      'Some hosts are not among the names of the certificate, so browsers would refuse it there: `*.example.com` covers neither `example.com` nor `a.b.example.com`. Nothing was changed.',
    fix: 'Take these hosts out of `hosts`, pass a certificate that has their names, or let `match: certificate` choose the hosts that it covers.',
  },
  'Certificate.NotYetValid': {
    meaning: 'The certificate is not valid yet. Nothing was changed.',
    fix: 'Run the step again after its first day, or see whether the clock of whoever issued it is right.',
  },
  'Certificate.SameAlgorithm': {
    meaning: 'Two of the certificates have the same algorithm; a host takes at most one of each. Nothing was changed.',
    fix: 'Leave only one certificate of each algorithm (RSA, ECC, SM2) in `cert-id`.',
  },
  'Certificate.Unreadable': {
    meaning:
      'What was given as `certificate` or `private-key` is not what the step can take: certificates and an unencrypted private key in PEM. Nothing was changed.',
    fix: 'See what is said of each part above. An ACME client writes what is needed as `fullchain.pem` and `privkey.pem`.',
  },
  'Input.ForeignAccount': {
    meaning: 'The key belongs to an account that `allowed-account-ids` does not name. Nothing was changed.',
    fix: 'Use the key, or the role, of the account that is meant; or correct `allowed-account-ids`.',
  },
  'Input.HostNotOnline': {
    meaning:
      'A host that was named serves nobody at the moment (disabled, banned, or its site is not activated), so no certificate was put on it.',
    fix: 'Enable the host in the EdgeOne console and run the step again, or take it out of `hosts`. Patterns (`match: pattern`) leave out such hosts by themselves.',
  },
  'Input.Invalid': {
    meaning: 'Inputs of this step are missing or wrong; this was found before any call.',
    fix: 'Correct the inputs named above in the workflow.',
  },
  'Input.MatchUnreadable': {
    meaning:
      'Hosts can be chosen by pattern or by certificate only where the list of hosts can be read; a Pages site, or a key without that permission, refuses it.',
    fix: 'Name the hosts with `match: exact`, or allow the key `teo:DescribeAccelerationDomains` (with `api-version` 2022-01-06 `teo:DescribeHostsCertificate`).',
  },
  'Input.NoIdToken': {
    meaning:
      'With `role-arn` and without a key the step takes the role by the OIDC token of the job, and GitHub gives one only to jobs with `permissions: id-token: write`; never to pull requests from forks.',
    fix: 'Add `permissions: { id-token: write }` to the job. For pull requests from forks, run the step after the merge, or not at all.',
  },
  'Input.NoHosts': {
    meaning: 'The inputs choose no host of the site. Nothing was changed.',
    fix: 'Correct `hosts` and `match`. If it is all right that there are none, set `if-no-hosts` to `warn` or `ignore`.',
  },
  'Input.UnknownHosts': {
    meaning:
      'The site has no acceleration domains of these names. This was found before any change, so nothing was changed on the other hosts either.',
    fix: 'Correct the names in `hosts`, see whether the site is the right one, or add the domains to it first.',
  },
  'Input.ZoneLocked': {
    meaning: 'The site is locked and takes no changes. Nothing was changed.',
    fix: 'See in the EdgeOne console why it is locked; while its plan is being changed, run the step again later.',
  },
  'Input.ZoneName': {
    meaning: 'The name stands for no site, or for several sites, of the account of this key. Nothing was changed.',
    fix: 'Give the ID of the right site as `zone-id` in place of `zone-name`, or correct the name; see also whether `site` and the key are those of its account.',
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
  'Verify.ApplicationFailed': {
    meaning:
      'EdgeOne took the change, and then could not apply for the certificate (status `failed`). The host may be without a valid certificate now.',
    fix: 'Open the host in the EdgeOne console and see what its certificate says. A free certificate needs the DNS of the host to point at EdgeOne first.',
  },
  'Verify.BindingFailed': {
    meaning:
      'EdgeOne took the change, and then could not bind the certificate (status `issued`). What the host serves is not certain.',
    fix: 'Run the step again; it is safe to repeat. If it fails the same way, open a ticket with the RequestId.',
  },
  'Verify.HostBusy': {
    meaning:
      'An earlier change of the host was still being deployed when the deadline came; EdgeOne takes no other meanwhile, so none was sent.',
    fix: 'Run the step again later, or raise `wait-minutes`. If the host stays like this for hours, open a ticket with Tencent Cloud.',
  },
  'Verify.HostNotOnline': {
    meaning: 'The host was disabled or banned while the step ran, so it does not serve the certificate.',
    fix: 'See in the EdgeOne console who disabled it. Enable it and run the step again, or take it out of `hosts`.',
  },
  'Verify.NotDeployed': {
    meaning:
      'EdgeOne took the change, but the host did not have it in effect when the deadline came: visitors may still see the previous certificate.',
    fix: 'Run the step again: it goes on waiting, and changes only what must be changed. If it happens often, raise `wait-minutes`.',
  },
  'Verify.NotServed': {
    meaning:
      'EdgeOne says that the certificate is deployed, but a TLS handshake with the host was not answered with it until the deadline: visitors do not see it.',
    fix: 'See above what is served, and by whom. If the DNS of the host does not lead to EdgeOne, switch it, or verify at EdgeOne itself with `connect-to: cname`. Otherwise run the step again, or raise `wait-minutes`.',
  },
  'Verify.RollbackFailed': {
    meaning:
      'A host did not get the new certificate in effect, and could not be given back what it had: what it serves is not certain.',
    fix: 'Look at the host now. The command above gives it back what it had; or run the step again to try the new certificate once more.',
  },
  'Verify.NotTaken': {
    meaning:
      'EdgeOne took the same change three times, and the host still has what it had before: visitors see the previous certificate.',
    fix: 'Run the step again. If it remains, bind the certificate in the EdgeOne console, and open a ticket with the RequestId.',
  },
} as const satisfies Explanations
