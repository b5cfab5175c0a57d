import { hostStates } from '../src/model/progress.ts'
import type { HostState } from '../src/model/result.ts'
import { listings } from '../src/report/lists.ts'
import { zh } from '../src/report/words-zh.ts'
import { type Feature, features } from './permissions.ts'
import { featureTexts, noteTexts } from './zh/permissions.ts'

// The tables of the documents, in English and in Chinese.

interface Entry {
  readonly description: string
  readonly default?: string
}
/** An action.yml. */
export interface Action {
  readonly inputs: Readonly<Record<string, Entry>>
  readonly outputs: Readonly<Record<string, Entry>>
}

/** What is said of each input, or of each output, in one language. */
type Texts = Readonly<Record<string, string>>

export interface Words {
  readonly feature: (key: keyof typeof features) => Pick<Feature, 'name' | 'note'>
  readonly state: (state: HostState) => string
  readonly comma: string
  readonly yes: string
  readonly ifAccepted: string
  readonly heads: Readonly<Record<'inputs' | 'outputs' | 'states' | 'permissions', readonly string[]>>
}

/** What action.yml says of them: the English texts. */
export const described = (entries: Readonly<Record<string, Entry>>): Texts =>
  Object.fromEntries(Object.entries(entries).map(([name, { description }]) => [name, description]))

export const english: Words = {
  feature: (key) => features[key],
  state: (state) => `\`${state}\``,
  comma: ', ',
  yes: 'yes',
  ifAccepted: 'if EdgeOne accepted a change of it',
  heads: {
    inputs: ['input', 'default', 'meaning'],
    outputs: ['output', 'value'],
    states: [
      'state',
      'in `changed-hosts`, so `changed` is `true` and `cert-id` is set',
      'in `unchanged-hosts`, so `cert-id` is set',
      'in `failed-hosts`',
      '`outcome`',
    ],
    permissions: ['feature', 'needs', 'helps', ''],
  },
}

export const chinese: Words = {
  feature: (key) => {
    const notes: Readonly<Partial<Record<keyof typeof features, string>>> = noteTexts
    const note = notes[key]
    return { name: featureTexts[key], ...(note === undefined ? {} : { note }) }
  },
  state: (state) => `\`${state}\`（${zh.states[state]}）`,
  comma: '、',
  yes: '是',
  ifAccepted: 'EdgeOne 已受理其变更时',
  heads: {
    inputs: ['输入', '默认值', '说明'],
    outputs: ['输出', '值'],
    states: [
      '状态',
      '列在 `changed-hosts` 中，因此 `changed` 为 `true`，`cert-id` 有值',
      '列在 `unchanged-hosts` 中，因此 `cert-id` 有值',
      '列在 `failed-hosts` 中',
      '`outcome`',
    ],
    permissions: ['功能', '必需', '建议', '说明'],
  },
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => '---'), ...rows].map(row)

const cell = (text: string): string => text.trim().replaceAll('|', '\\|')
/** Fails for an entry without a text, and for a text without an entry. */
const same = (entries: Readonly<Record<string, Entry>>, texts: Texts): void => {
  const odd = [...new Set(Object.keys(entries)).symmetricDifference(new Set(Object.keys(texts)))]
  if (odd.length > 0) throw new Error(`not in action.yml, or without a text: ${odd.join(', ')}`)
}

/** Inputs of which a step needs one of each group: the documents say so above the table. */
const marks: Readonly<Record<string, string>> = {
  ...{ 'zone-id': '①', 'zone-name': '①', manifest: '①' },
  ...{ 'cert-id': '②', certificate: '②' },
  ...{ 'secret-id': '③', 'role-arn': '③' },
}

export const inputTable = (inputs: Action['inputs'], texts: Texts, words: Words): readonly string[] => {
  same(inputs, texts)
  const rows = Object.entries(inputs).map(([name, input]) => {
    const fallback = input.default === undefined ? (marks[name] ?? '–') : `\`${input.default}\``
    return [`\`${name}\``, fallback, cell(texts[name] ?? '')]
  })
  return table(words.heads.inputs, rows)
}

export const outputTable = (outputs: Action['outputs'], texts: Texts, words: Words): readonly string[] => {
  same(outputs, texts)
  return table(
    words.heads.outputs,
    Object.keys(outputs).map((name) => [`\`${name}\``, cell(texts[name] ?? '')]),
  )
}

export const stateTable = ({ heads, state, yes, ifAccepted }: Words): readonly string[] => {
  const inChanged = { always: yes, never: '–', 'if-accepted': ifAccepted } as const
  const mark = (is: boolean | undefined) => (is === true ? yes : '–')
  const rows = hostStates.map((one) => {
    const { changed, unchanged, failed, outcome } = listings[one]
    return [state(one), inChanged[changed], mark(unchanged), mark(failed), `\`${outcome}\``]
  })
  return table(heads.states, rows)
}

export const permissionTable = ({ heads, feature, comma }: Words): readonly string[] => {
  const list = (actions: readonly string[] = []) => actions.map((action) => `\`${action}\``).join(comma) || '–'
  const rows = Object.entries<Feature>(features).map(([key, { needs, helps }]) => {
    const { name, note = '' } = feature(key as keyof typeof features)
    return [name, list(needs), list(helps), note]
  })
  return table(heads.permissions, rows)
}
