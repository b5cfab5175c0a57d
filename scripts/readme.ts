import { parse } from 'yaml'
import { hostStates } from '../src/model/progress.ts'
import { listings } from '../src/report/lists.ts'
import { generated, read } from './generated.ts'
import { rooms } from './rooms.ts'

// The tables of README.md and docs/audit.md, from both action.yml and from the table of states in src/report/; and the table of rooms in CONTRIBUTING.md, from scripts/rooms.ts.

interface Entry {
  readonly description: string
  readonly default?: string
  readonly required?: boolean
}
interface Action {
  readonly inputs: Readonly<Record<string, Entry>>
  readonly outputs: Readonly<Record<string, Entry>>
}
const [action, audit]: readonly [Action, Action] = [parse(read('action.yml')), parse(read('audit/action.yml'))]
const cell = (text: string) => text.trim().replaceAll('|', '\\|')

const inputsOf = ({ inputs }: Action) =>
  Object.entries(inputs).map(([name, input]) => {
    const fallback =
      input.required === true ? '**required**' : input.default === undefined ? '–' : `\`${input.default}\``
    return `| \`${name}\` | ${fallback} | ${cell(input.description)} |`
  })
const outputsOf = ({ outputs }: Action) =>
  Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${cell(description)} |`)
const inputHead = ['| input | default | meaning |', '| --- | --- | --- |']
const outputHead = ['| output | value |', '| --- | --- |']

const yes = (is: boolean | undefined) => (is === true ? 'yes' : '–')
const inChanged = { always: 'yes', never: '–', 'if-accepted': 'if EdgeOne accepted a change of it' } as const
const states = hostStates.map((state) => {
  const { changed, unchanged, failed, outcome } = listings[state]
  return `| \`${state}\` | ${inChanged[changed]} | ${yes(unchanged)} | ${yes(failed)} | \`${outcome}\` |`
})
const stateHead = [
  '| state | in `changed-hosts`, so `changed` is `true` and `cert-id` is set | in `unchanged-hosts`, so `cert-id` is set | in `failed-hosts` | `outcome` |',
  '| --- | --- | --- | --- | --- |',
]

const between = (text: string, name: string, lines: readonly string[]): string => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`No section ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${lines.join('\n')}\n${text.slice(to)}`
}

const tables = [
  ['inputs', [...inputHead, ...inputsOf(action)]],
  ['states', [...stateHead, ...states]],
  ['outputs', [...outputHead, ...outputsOf(action)]],
] as const
const text = tables.reduce((readme, [name, lines]) => between(readme, name, lines), read('README.md'))
generated('README.md', text, 'npm run docs')

const auditTables = [
  ['inputs', [...inputHead, ...inputsOf(audit)]],
  ['outputs', [...outputHead, ...outputsOf(audit)]],
] as const
const auditText = auditTables.reduce((text, [name, lines]) => between(text, name, lines), read('docs/audit.md'))
generated('docs/audit.md', auditText, 'npm run docs')

const folder = (room: string) => (room === 'entries' || room === 'run' ? room : `\`${room}/\``)
const roomRows = Object.entries(rooms).map(
  ([room, { what, may }]) => `| ${folder(room)} | ${what} | ${may.map(folder).join(', ') || 'nothing'} |`,
)
const roomTable = ['| room | what happens there | may import |', '| --- | --- | --- |', ...roomRows]
generated('CONTRIBUTING.md', between(read('CONTRIBUTING.md'), 'rooms', roomTable), 'npm run docs')
