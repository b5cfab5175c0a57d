import type { Account } from '../model/credential.ts'
import type { Environment } from '../model/ports.ts'
import type { Finding, Place } from '../model/problem.ts'
import type { AccountTask, Entry, Task } from '../model/task.ts'
import { isNonEmpty, uniqueBy } from '../util/lists.ts'
import { nearest } from '../util/suggest.ts'
import { brief } from '../util/text.ts'
import { entryAt, parseAccount, parseEntry, parseWait, throwFindings } from './inputs.ts'
import { accountKeys, defaultKeys, exclusive, replacedInputs, siteKeys } from './manifest-keys.ts'
import { type Given, type LayerOptions, layerOf, type Mapping, type Node, unknownKey } from './manifest-values.ts'
import { parseYaml } from './manifest-yaml.ts'
import { inputReader, quote, type Reader } from './reader.ts'
import { accountsOf, parseShard } from './shard.ts'
import { variable } from './table.ts'

/** A manifest lists at most this many sites. */
const maxSites = 5000

/** The three parts of a manifest. */
const parts = ['defaults', 'accounts', 'sites']

/**
 * Reads a manifest: the text of the file, and its path. Step inputs are defaults below the file's. Throws one Problem, `Input.Manifest`, with a
 * finding for everything that is wrong, each with its place; no message has the value of a key.
 */
export const parseManifest = async (
  env: Environment,
  { text, file }: { readonly text: string; readonly file: string },
  mask: (secret: string) => void,
): Promise<Task> => {
  const findings: Finding[] = []
  const find = (finding: Finding) => findings.push(finding)
  const step = inputReader(env)
  for (const name of replacedInputs) {
    if (step.get(name) !== '') step.wrong(name, 'a value', 'nothing together with manifest')
  }
  const shard = parseShard(step.get('shard'))
  if (step.get('shard') !== '' && shard === undefined)
    step.wrong('shard', quote(step.get('shard')), 'i/n, such as 2/4, with at most 256 shares')
  const root = await parseYaml(text, file)
  if (!('kind' in root)) throwFindings('Input.Manifest', [...step.findings, ...root])
  const options = { env, find, mask }
  const top = 'kind' in root ? topOf(root, file, find) : new Map<string, Node>()
  const defaults = mappingOf(top.get('defaults'), 'defaults', find)
  const below = defaults ? layerOf(defaults, defaultKeys, options) : new Map<string, Given>()
  const accounts = accountsIn(top.get('accounts'), options)
  const waitMs = parsedFrom(options, [below], defaults?.at, parseWait)
  const tasks = tasksOf(sitesIn(top.get('sites'), find), { below, accounts, options })
  throwFindings(
    'Input.Manifest',
    uniqueBy([...step.findings, ...findings], (one) => JSON.stringify(one)),
  )
  const own = shard === undefined ? tasks : accountsOf(tasks, shard)
  return { accounts: own, waitMs, ...(shard === undefined ? {} : { shard: step.get('shard') }) }
}

type Find = LayerOptions['find']

const topOf = (root: Node, file: string, find: Find): ReadonlyMap<string, Node> => {
  const mapping = mappingOf(root, 'manifest', find)
  for (const { key, at } of mapping?.entries ?? []) if (!parts.includes(key)) find(unknownKey(key, parts, at))
  const top = new Map((mapping?.entries ?? []).map(({ key, value }) => [key, value]))
  const isEmpty = root.kind === 'scalar' && root.text === ''
  if ((mapping !== undefined || isEmpty) && !top.has('sites'))
    find({ input: 'sites', seen: 'nothing', expected: 'a list of sites', at: { file, line: 1, column: 1 } })
  return top
}

/** A mapping; undefined if there is none. Anything else is recorded. */
const mappingOf = (node: Node | undefined, input: string, find: Find): Mapping | undefined => {
  if (node === undefined || (node.kind === 'scalar' && node.text === '')) return undefined
  if (node.kind === 'mapping') return node.mapping
  find({
    input,
    seen: node.kind === 'list' ? 'a list' : 'a single value',
    expected: 'a mapping of keys and values',
    at: node.at,
  })
  return undefined
}

/** What is parsed from an environment with layers on top of it, the first of which comes first. Findings get their places. */
const parsedFrom = <T>(
  { env, find }: Pick<LayerOptions, 'env' | 'find'>,
  layers: readonly ReadonlyMap<string, Given>[],
  fallback: Place | undefined,
  parse: (reader: Reader) => T,
): T => {
  const values: Record<string, string | undefined> = { ...env }
  const places = new Map<string, Place>()
  for (const layer of layers.toReversed()) {
    const hidden = exclusive.filter((group) => group.some((name) => layer.has(name))).flat()
    for (const name of hidden) {
      values[variable(name)] = ''
      places.delete(name)
    }
    for (const [name, { text, at }] of layer) {
      values[variable(name)] = text
      places.set(name, at)
    }
  }
  const reader = inputReader(values, (name) => places.get(name) ?? fallback)
  const made = parse(reader)
  for (const finding of reader.findings) find(finding)
  return made
}

interface NamedAccount {
  readonly name: string
  readonly account: Account
}

const accountsIn = (node: Node | undefined, options: LayerOptions): ReadonlyMap<string, NamedAccount> => {
  const mapping = mappingOf(node, 'accounts', options.find)
  const accounts = new Map<string, NamedAccount>()
  for (const { key: name, at, value } of mapping?.entries ?? []) {
    if (!/^[\w.-]{1,64}$/.test(name)) {
      const expected = 'a name of letters, digits and any of . _ -'
      options.find({ input: 'accounts', seen: quote(name), expected, at })
      continue
    }
    const layer = layerOf(mappingOf(value, name, options.find) ?? { at, entries: [] }, accountKeys, options)
    accounts.set(name, { name, account: parsedFrom(options, [layer], at, parseAccount) })
  }
  return accounts
}

const sitesIn = (node: Node | undefined, find: Find): readonly Mapping[] => {
  if (node === undefined) return []
  if (node.kind !== 'list' || node.items.length === 0) {
    find({
      input: 'sites',
      seen: node.kind === 'list' ? 'an empty list' : `a ${node.kind}`,
      expected: 'a list of sites',
      at: node.at,
    })
    return []
  }
  if (node.items.length > maxSites) {
    find({ input: 'sites', seen: `${node.items.length} sites`, expected: `at most ${maxSites}`, at: node.at })
    return []
  }
  return node.items.flatMap((item) => mappingOf(item, 'sites', find) ?? [])
}

interface Known {
  readonly below: ReadonlyMap<string, Given>
  readonly accounts: ReadonlyMap<string, NamedAccount>
  readonly options: LayerOptions
}

/** The sites, by account. Accounts with the same settings are one. */
const tasksOf = (sites: readonly Mapping[], { below, accounts, options }: Known): readonly AccountTask[] => {
  let own: Account | undefined
  const grouped = new Map<string, { readonly name?: string; readonly account: Account; readonly entries: Entry[] }>()
  for (const { at, entries } of sites) {
    const named = entries.find(({ key }) => key === 'account')
    const layer = layerOf({ at, entries: entries.filter((one) => one !== named) }, siteKeys, options)
    const found = named === undefined ? undefined : accountOf(named, accounts, options.find)
    // The credential inputs of the step are required only for a site without an account.
    own ??= named === undefined ? parsedFrom(options, [], at, parseAccount) : undefined
    const account = named === undefined ? own : found?.account
    const entry = parsedFrom(options, [layer, below], at, parseEntry)
    if (account === undefined) continue
    const key = JSON.stringify(account)
    const group = grouped.get(key) ?? { ...(found === undefined ? {} : { name: found.name }), account, entries: [] }
    group.entries.push({ ...entryAt(entry, account), at })
    grouped.set(key, group)
  }
  return [...grouped.values()].flatMap(({ entries, ...group }) => (isNonEmpty(entries) ? { ...group, entries } : []))
}

const accountOf = (
  { at, value }: Mapping['entries'][number],
  accounts: ReadonlyMap<string, NamedAccount>,
  find: Find,
): NamedAccount | undefined => {
  const name = value.kind === 'scalar' ? value.text : ''
  const account = accounts.get(name)
  if (account !== undefined) return account
  const [suggestion] = nearest(name, accounts.keys(), 1)
  const known =
    accounts.size === 0
      ? 'the name of an account under accounts'
      : `one of ${[...accounts.keys()].slice(0, 20).join(', ')}`
  const expected = suggestion === undefined ? known : `“${suggestion}”, perhaps`
  find({ input: 'account', seen: quote(brief(name, 80)), expected, at: value.kind === 'scalar' ? value.at : at })
  return undefined
}
