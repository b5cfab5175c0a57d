import { tables } from '../src/errors/index.ts'
import { maxAttempts, maxTime } from '../src/tencent/retry.ts'
import type { Words } from './errors-page.ts'

const lead = `# Errors

<!-- Written by scripts/errors.ts from src/errors/. -->

[中文](errors.zh-CN.md)

A failed step shows its code in the annotation, in the output \`error-code\` and at the top of the job summary, together
with the texts below. If you open a ticket with Tencent Cloud, include the RequestId. A code that is not listed is shown
with the service's own message, and with the texts of its family, such as \`InternalError\` for \`InternalError.Xyz\`.
Every code has an anchor here, such as \`#teo-FailedOperation.ModifyFailed\`. When the service refuses a call because a
permission is missing, the texts in the run name exactly that permission and its resource.

**Retried** says whether the step retries the call:

- *no*: the error is not temporary. The step makes no further attempt.
- *until the deadline*: throttling, or a zone or host that is busy. The step retries until \`wait-minutes\` ends.
- *a few times*: a fault of the service or of the network. The step makes at most ${maxAttempts} attempts within ${maxTime / 60_000} minutes.

The pauses between attempts are random and become longer: at most 8 seconds for *until the deadline*, and at most 30 seconds
for *a few times*. \`AuthFailure.SignatureExpire\` is retried once, with the time of the service, when the clock of the runner
is wrong.

**Concerns** says what the step does with the other hosts when EdgeOne refuses a call for several hosts:

- *single hosts*: the error may concern one of them. The step divides the call until it has found that host, and
  changes the others.
- *hosts that differ*: the step changes each of them in a separate call.
- *the certificate*: no host can get this certificate.
- *all hosts*: every host would be refused, so the step stops.
`

export const english: Words = {
  lead,
  sections: {
    teo: ['EdgeOne', 'Codes of `ModifyHostsCertificate`, in both versions of its API, and of the calls that read.'],
    common: ['Any call', 'Codes that every API of Tencent Cloud may answer with.'],
    own: ['This action', 'Codes that never come from Tencent Cloud.'],
    ssl: [
      'SSL Certificate Service',
      'Codes of `UploadCertificate`, and of the calls that read, mute and delete certificates.',
    ],
    sts: ['Temporary keys (STS)', 'Codes of the calls that assume a role, and that identify the account of the key.'],
  },
  columns: ['Code', 'Meaning', 'What to do', 'Retried', 'Concerns'],
  concerns: {
    host: 'single hosts',
    certificate: 'the certificate',
    all: 'all hosts',
    together: 'hosts that differ',
  },
  retried: { never: 'no', deadline: 'until the deadline', bounded: 'a few times' },
  conditions: {
    'without a reason, or for two minutes after an upload with a generic one':
      'without a reason, or for two minutes after an upload with a generic one',
    'for two minutes after an upload': 'for two minutes after an upload',
    'with HTTP 5xx or 429': 'with HTTP 5xx or 429',
    'except for uploads': 'except for uploads',
  },
  comma: ', ',
  texts: tables,
}
