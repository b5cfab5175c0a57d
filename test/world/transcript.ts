import { requestToken } from './oidc.ts'
import type { StepRun } from './runner.ts'
import { key, type Recorded, temporaryKey } from './world.ts'

/** Every secret that any scenario uses. */
export const secrets = [
  key.secretKey,
  key.secretId,
  temporaryKey.secretId,
  temporaryKey.secretKey,
  temporaryKey.token,
  requestToken,
]

/** What may differ between two runs of the same scenario, made the same: ports, times, numbers of attempts. */
const normalise = (text: string): string =>
  text
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----(\\n)*/g, '(certificate)')
    .replace(/"sha256":"[0-9a-f]{64}"/g, '"sha256":"…"')
    .replace(/\b(?:\d+ h \d\d min|\d+ min \d\d s|\d+(?:\.\d)? s)\b(?! (?:earlier|later))/g, 'N s')
    .replace(/\b(?:359\d|360\d) (s|seconds)\b/g, '3600 $1')

/** By arrival, except that reads next to each other, which may run side by side, stand in order of what they ask. */
const inOrder = (requests: readonly Recorded[]): Recorded[] => {
  const runs: Recorded[][] = []
  for (const request of requests) {
    const last = runs.at(-1)
    if (last?.[0]?.action.startsWith('Describe') && request.action.startsWith('Describe')) last.push(request)
    else runs.push([request])
  }
  const key = ({ action, body }: Recorded) => `${action} ${body}`
  return runs.flatMap((run) => run.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)))
}

/**
 * A run as a reader reviews it: what the runner was told, the exit code, the outputs, the summary and the requests, in
 * order. Masked values are shown by their length only.
 */
export const transcript = (run: StepRun, requests: readonly Recorded[], tunnels: readonly string[]): string => {
  const log = run.stdout
    .replace(/^::add-mask::(.*)$/gm, (_, value: string) => `::add-mask::(${value.length} characters)`)
    // Keys are made anew for each run, and their last lines are now longer, now shorter.
    .replace(
      /(?:::add-mask::\(64 characters\)\n)+(?:::add-mask::\(\d+ characters\)\n)?/g,
      '::add-mask::(a key, line by line)\n',
    )
  const outputs = Object.entries(run.outputs).map(([name, value]) => `${name}=${value}`)
  const calls = inOrder(requests).map(
    ({ host, action, version, region, language, client, body, answer }) =>
      `POST https://${host}/ ${action} ${version} ${region === '' ? '' : `${region} `}${language} (${client})\n  ${body}\n  -> ${answer}`,
  )
  return normalise(
    [
      '### Log',
      log.trimEnd(),
      `(exit code ${run.exitCode})`,
      ...(run.stderr === '' ? [] : ['### Standard error', run.stderr.trimEnd()]),
      '### Outputs',
      ...outputs,
      '### Summary',
      run.summary.trimEnd(),
      '### Requests',
      ...(tunnels.length === 0 ? [] : [`(tunnels: ${[...new Set(tunnels)].join(', ')})`]),
      ...calls,
      '',
    ].join('\n'),
  )
}
