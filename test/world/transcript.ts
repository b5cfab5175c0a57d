import { requestsDigest, summaryDigest } from './digest.ts'
import { documentDigest } from './document.ts'
import { requestToken } from './oidc.ts'
import type { StepRun } from './runner.ts'
import { key, type Recorded, temporaryKey } from './world.ts'

/** All secrets that scenarios use. */
export const secrets = [
  key.secretKey,
  key.secretId,
  temporaryKey.secretId,
  temporaryKey.secretKey,
  temporaryKey.token,
  requestToken,
]

/** Replaces what differs between two runs of the same scenario: ports, certificates, durations, days until an expiry; and the version. */
const normalise = (text: string): string =>
  text
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----(\\n)*/g, '(certificate)')
    .replace(/"sha256":"[0-9a-f]{64}"/g, '"sha256":"…"')
    .replace(/\b(?:\d+ h \d\d min|\d+ min \d\d s|\d+(?:\.\d)? s)\b(?! (?:earlier|later))/g, 'N s')
    .replace(/\b\d\d:\d\d:\d\d UTC\b/g, 'HH:MM:SS UTC')
    .replace(/"readAt":"[^"]*"/g, '"readAt":"…"')
    .replace(/\bexpires in \d+ days\b/g, 'expires in N days')
    .replace(/\b[\d,]+(&nbsp;| )days?(&nbsp;| )left\b/g, 'N$1days$2left')
    .replace(/(剩(?:&NoBreak;)?余)(&nbsp;| )[\d,]+(&nbsp;| )天/g, '$1$2N$3天')
    .replace(/\b(?:359\d|360\d) (s|seconds)\b/g, '3600 $1')
    .replace(/\b(EdgeOne certificate(?: audit)?|edgeone-certificate-action) \d+\.\d+\.\d+/g, '$1 N.N.N')

/** Reads may run side by side. */
const isRead = ({ action }: Recorded): boolean => /^(Describe|Check)/.test(action)

/** In order of arrival, except that successive reads, which may run in parallel, are sorted. */
const inOrder = (requests: readonly Recorded[]): Recorded[] => {
  const runs: Recorded[][] = []
  for (const request of requests) {
    const last = runs.at(-1)
    if (last?.[0] !== undefined && isRead(last[0]) && isRead(request)) last.push(request)
    else runs.push([request])
  }
  const key = ({ action, body }: Recorded) => `${action} ${body}`
  return runs.flatMap((run) => run.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)))
}

/** How much of a run its transcript shows. */
export interface Detail {
  /** The whole summary and every request, in place of a digest of both. */
  readonly whole?: boolean
  /** Every request with its body. */
  readonly bodies?: boolean
}

const requestText = ({ host, action, version, region, language, client, body, answer }: Recorded): string => {
  const headers = [version, ...(region === '' ? [] : [region]), language].join(' ')
  return `POST https://${host}/ ${action} ${headers} (${client})\n  ${body}\n  -> ${answer}`
}

/** Parallel calls are accepted in any order, and their RequestIds with them. */
const inHostOrder = (lines: string): string =>
  `${lines
    .trimEnd()
    .replace(/RequestId: \S+/g, 'RequestId: (in order of arrival)')
    .split('\n')
    .toSorted()
    .join('\n')}\n`

/** The log, with masked values replaced by their length. */
const logText = (stdout: string): string =>
  stdout
    .trimEnd()
    .replace(/^::add-mask::(.*)$/gm, (_, value: string) =>
      // Of several lines only a key is: the length of one varies.
      value.includes('%0A') ? '::add-mask::(a key as a whole)' : `::add-mask::(${value.length} characters)`,
    )
    .replace(/(?:^Accepted for .*\n){2,}/gm, inHostOrder)
    // Keys are new in each run, and the length of their last lines varies.
    .replace(
      /(?:::add-mask::\(64 characters\)\n)+(?:::add-mask::\(\d+ characters\)\n)?/g,
      '::add-mask::(a key, line by line)\n',
    )

/** `result` and `result-path` are the document, which has its own digest. */
const outputsText = (outputs: StepRun['outputs']): string[] =>
  Object.entries(outputs).map(([name, value]) => `${name}=${name.startsWith('result') ? '(the document)' : value}`)

/** A run as a reader reviews it: log, exit code and outputs; digests of the result, the summary and the requests. */
export const transcript = (
  run: StepRun,
  recorded: readonly Recorded[],
  tunnels: readonly string[],
  { whole = false, bodies = whole }: Detail,
  digest: (run: StepRun) => readonly string[] = documentDigest,
): string => {
  const requests = inOrder(recorded)
  const summary = normalise(run.summary.trimEnd())
  return normalise(
    [
      '### Log',
      logText(run.stdout),
      `(exit code ${run.exitCode})`,
      ...(run.stderr === '' ? [] : ['### Standard error', run.stderr.trimEnd()]),
      '### Outputs',
      ...outputsText(run.outputs),
      '### Result (digest)',
      ...digest(run),
      ...(whole
        ? ['### Summary', summary]
        : [`### Summary (digest of ${summary.split('\n').length} lines)`, ...summaryDigest(summary)]),
      bodies ? '### Requests' : '### Requests (digest)',
      ...(tunnels.length === 0 ? [] : [`(tunnels: ${[...new Set(tunnels)].join(', ')})`]),
      ...(bodies ? requests.map(requestText) : requestsDigest(requests)),
      '',
    ].join('\n'),
  )
}
