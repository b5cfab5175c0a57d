import { type Concerns, type Retry, type Row, tables } from '../src/errors/index.ts'
import { maxAttempts, maxTime } from '../src/tencent/retry.ts'
import { generated } from './generated.ts'

// docs/errors.md, from the catalogue in src/errors/.

const sections: readonly (readonly [keyof typeof tables, string, string])[] = [
  ['teo', 'EdgeOne', 'Codes of `ModifyHostsCertificate`, in both versions of its API, and of the calls that read.'],
  ['common', 'Any call', 'Codes that every API of Tencent Cloud may answer with.'],
  ['own', 'This action', 'Codes that never come from Tencent Cloud.'],
  [
    'ssl',
    'SSL Certificate Service',
    'Codes of `UploadCertificate`, and of the calls that read, mute and delete certificates.',
  ],
  ['sts', 'Temporary keys (STS)', 'Codes of the calls that assume a role, and that identify the account of the key.'],
]

const concerned: Readonly<Record<Concerns, string>> = {
  host: 'single hosts',
  certificate: 'the certificate',
  all: 'all hosts',
  together: 'hosts that differ',
}

const retried = (retry: Retry | undefined): string => {
  if (retry === undefined) return 'no'
  const budget = { deadline: 'until the deadline', bounded: 'a few times' }[retry.budget]
  return retry.only === undefined ? budget : `${budget}, ${retry.only}`
}

const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const row = (table: string, code: string, { meaning, fix, retry, concerns = 'host' }: Row) =>
  line([`<a id="${table}-${code}"></a>\`${code}\``, meaning, fix, retried(retry), concerned[concerns]])

const parts = sections.map(([table, title, lead]) => {
  const rows = Object.entries(tables[table])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, entry]) => row(table, code, entry))
  const head = line(['Code', 'Meaning', 'What to do', 'Retried', 'Concerns'])
  return `## ${title}\n\n${lead}\n\n${head}\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
})

const text = `# Errors

<!-- Written by scripts/errors.ts from src/errors/. -->

A failed step shows its code in the annotation, in the output \`error-code\` and at the top of the job summary, together
with the texts below. If you open a ticket with Tencent Cloud, include the RequestId. A code that is not listed is shown
with the service's own message, and with the texts of its family, such as \`InternalError\` for \`InternalError.Xyz\`.
Every code has an anchor here, such as \`#teo-FailedOperation.ModifyFailed\`.

**Retried** says whether the step retries the call:

- *no*: the error is not temporary. The step makes no further attempt.
- *until the deadline*: throttling, or a zone or host that is busy. The step retries until \`wait-minutes\` ends.
- *a few times*: a fault of the service or of the network. The step makes at most ${maxAttempts} attempts within ${maxTime / 60_000} minutes.

Pauses between attempts are random and grow: to at most 8 seconds until the deadline, and to at most 30 seconds where attempts are limited. \`AuthFailure.SignatureExpire\` is retried once, with
the time of the service, when the clock of the runner is wrong.

**Concerns** says what the step does with the other hosts when EdgeOne refuses a call for several hosts:

- *single hosts*: the error may concern one of them. The step divides the call until it has found that host, and
  changes the others.
- *hosts that differ*: the step changes each of them in a separate call.
- *the certificate*: no host can get this certificate.
- *all hosts*: every host would be refused, so the step stops.

${parts.join('\n')}`
generated('docs/errors.md', text, 'npm run docs')
