import { parse } from 'yaml'
import { hostStates } from '../src/model/progress.ts'
import { listings } from '../src/report/lists.ts'
import { generated, read } from './generated.ts'
import { permissionTable } from './permissions.ts'
import { rooms } from './rooms.ts'

// The tables of README.md, from action.yml and from the table of states in src/report/; the table of rooms in CONTRIBUTING.md, from scripts/rooms.ts;
// and the table of permissions in docs/oidc.md, from scripts/permissions.ts.

interface Entry {
  readonly description: string
  readonly default?: string
  readonly required?: boolean
}
const action: { inputs: Record<string, Entry>; outputs: Record<string, Entry> } = parse(read('action.yml'))
const cell = (text: string) => text.trim().replaceAll('|', '\\|')

const inputs = Object.entries(action.inputs).map(([name, input]) => {
  const fallback = input.required === true ? '**required**' : input.default === undefined ? '–' : `\`${input.default}\``
  return `| \`${name}\` | ${fallback} | ${cell(input.description)} |`
})
const outputs = Object.entries(action.outputs).map(
  ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
)

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
  ['inputs', ['| input | default | meaning |', '| --- | --- | --- |', ...inputs]],
  ['states', [...stateHead, ...states]],
  ['outputs', ['| output | value |', '| --- | --- |', ...outputs]],
] as const
const text = tables.reduce((readme, [name, lines]) => between(readme, name, lines), read('README.md'))
generated('README.md', text, 'npm run docs')

const folder = (room: string) => (room === 'entries' || room === 'run' ? room : `\`${room}/\``)
const roomRows = Object.entries(rooms).map(
  ([room, { what, may }]) => `| ${folder(room)} | ${what} | ${may.map(folder).join(', ') || 'nothing'} |`,
)
const roomTable = ['| room | what happens there | may import |', '| --- | --- | --- |', ...roomRows]
generated('CONTRIBUTING.md', between(read('CONTRIBUTING.md'), 'rooms', roomTable), 'npm run docs')

generated('docs/oidc.md', between(read('docs/oidc.md'), 'permissions', permissionTable), 'npm run docs')
