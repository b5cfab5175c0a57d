import { tables } from '../src/errors/index.ts'
import { healing, lasting } from '../src/tencent/faults.ts'
import { generated } from './generated.ts'

// docs/errors.md, from the tables of src/errors/ and src/tencent/faults.ts.

const sections: readonly (readonly [keyof typeof tables, string, string])[] = [
  ['teo', 'EdgeOne', 'Codes of `ModifyHostsCertificate`, in both versions of its API, and of the calls that read.'],
  ['common', 'Any call', 'Codes that every API of Tencent Cloud may answer with.'],
  ['own', 'This action itself', 'What no answer of Tencent Cloud says.'],
  [
    'ssl',
    'SSL Certificate Service',
    'Codes of `UploadCertificate`, and of the calls that read, mute and delete certificates.',
  ],
  ['sts', 'Temporary keys (STS)', 'Codes of the calls that take on a role, and that tell whose the key is.'],
]

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
const retried = Object.entries(healing).map(([code, why]) => row([`\`${code}\``, why]))
const final = Object.entries(lasting).map(([code, why]) => row([`\`${code}\``, why]))

const parts = sections.map(([table, title, lead]) => {
  const rows = Object.entries(tables[table]).map(([code, { meaning, fix }]) =>
    row([`<a id="${table}-${code}"></a>\`${code}\``, meaning, fix]),
  )
  return `## ${title}\n\n${lead}\n\n| code | what it means | what to do |\n| --- | --- | --- |\n${rows.join('\n')}\n`
})

const text = `# Errors

<!-- Written by scripts/errors.ts from src/errors/ and src/tencent/faults.ts. -->

A failed step shows its code in the annotation, in the output \`error-code\` and on top of the job summary, with what is
said of it here. For a ticket with Tencent Cloud, give the RequestId. A code that is not listed is shown with the
service's own message. Each code explained here has an anchor, such as \`#teo-FailedOperation.ModifyFailed\`.

${parts.join('\n')}
## What is tried again

Until \`wait-minutes\` ends, with growing, random pauses of at most eight seconds; \`Code*\` stands for the code and all codes
below it. Also: an HTTP status of 5xx or 429, and \`FailedOperation.ModifyFailed\` without a message.
\`AuthFailure.SignatureExpire\` is tried once more, with the service's time.

| code | why |
| --- | --- |
${retried.join('\n')}

Never, although they stand below one of these:

| code | why |
| --- | --- |
${final.join('\n')}
`
generated('docs/errors.md', text, 'npm run docs')
