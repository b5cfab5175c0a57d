import { parse } from 'yaml'
import { generated, read } from './generated.ts'
import { rooms } from './rooms.ts'
import {
  type Action,
  chinese,
  described,
  english,
  inputTable,
  outputTable,
  permissionTable,
  stateTable,
} from './tables.ts'
import { auditInputTexts, auditOutputTexts } from './zh/audit.ts'
import { inputTexts } from './zh/inputs.ts'
import { outputTexts } from './zh/outputs.ts'

// The tables of the documents: of both READMEs and of docs/audit.md from both action.yml, from the table of states in src/report/, and from
// scripts/zh/; of CONTRIBUTING.md from scripts/rooms.ts; and of docs/oidc.md from scripts/permissions.ts.

const [action, audit]: readonly [Action, Action] = [parse(read('action.yml')), parse(read('audit/action.yml'))]

const between = (text: string, name: string, lines: readonly string[]): string => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`No section ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${lines.join('\n')}\n${text.slice(to)}`
}

/** Writes the tables of a document between its markers. */
const write = (path: string, tables: Readonly<Record<string, readonly string[]>>): void => {
  const text = Object.entries(tables).reduce((old, [name, lines]) => between(old, name, lines), read(path))
  generated(path, text, 'npm run docs')
}

write('README.md', {
  inputs: inputTable(action.inputs, described(action.inputs), english),
  states: stateTable(english),
  outputs: outputTable(action.outputs, described(action.outputs), english),
})
write('README.zh-CN.md', {
  inputs: inputTable(action.inputs, inputTexts, chinese),
  states: stateTable(chinese),
  outputs: outputTable(action.outputs, outputTexts, chinese),
})
write('docs/oidc.md', { permissions: permissionTable(english) })
write('docs/oidc.zh-CN.md', { permissions: permissionTable(chinese) })

write('docs/audit.md', {
  inputs: inputTable(audit.inputs, described(audit.inputs), english),
  outputs: outputTable(audit.outputs, described(audit.outputs), english),
})

write('docs/audit.zh-CN.md', {
  inputs: inputTable(audit.inputs, auditInputTexts, chinese),
  outputs: outputTable(audit.outputs, auditOutputTexts, chinese),
})

const folder = (room: string) => (room === 'entries' || room === 'run' ? room : `\`${room}/\``)
const roomRows = Object.entries(rooms).map(
  ([room, { what, may }]) => `| ${folder(room)} | ${what} | ${may.map(folder).join(', ') || 'nothing'} |`,
)
const roomTable = ['| room | what happens there | may import |', '| --- | --- | --- |', ...roomRows]
write('CONTRIBUTING.md', { rooms: roomTable })
