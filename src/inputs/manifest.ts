import type { Account } from '../model/credential.ts'
import type { Environment } from '../model/ports.ts'
import type { Finding, Place } from '../model/problem.ts'
import type { AccountTask, Entry, Task } from '../model/task.ts'
import type { Text } from '../util/language.ts'
import { isNonEmpty, uniqueBy } from '../util/lists.ts'
import { entryAt, parseEntry, parseWait, problemWith } from './inputs.ts'
import { layered, parsedFrom } from './layers.ts'
import { type Accounts, accountsIn, type NamedAccount } from './manifest-accounts.ts'
import { defaultKeys, replacedInputs, siteKeys } from './manifest-keys.ts'
import { literalsIn } from './manifest-secrets.ts'
import {
  kinds,
  type Layer,
  type LayerOptions,
  layerOf,
  type Mapping,
  mappingOf,
  type Node,
  unknownKey,
} from './manifest-values.ts'
import { parseYaml } from './manifest-yaml.ts'
import { inputReader, nothing, quote, type Reader } from './reader.ts'
import { accountsOf, parseShard, sitesOf, type Zoned } from './shard.ts'
import type { InputName } from './table.ts'

/** A manifest lists at most this many sites. */
const maxSites = 5000
/** Maximum length of all values together, characters. Aliases and defaults multiply them: a small file could ask for any number of hosts. */
const maxLength = 32 * 1024 * 1024

/** The three parts of a manifest. */
const parts = ['defaults', 'accounts', 'sites']

/** What an entry of a manifest becomes. */
export interface EntryKind<E> {
  /** The keys of sites and defaults that mean something here; of any other, not even the value is read. All when absent. */
  readonly keys?: readonly InputName[]
  readonly parse: (reader: Reader) => (account: Account, at: Place) => E
}

const deployed: EntryKind<Entry> = {
  parse: (reader) => {
    const entry = parseEntry(reader)
    return (account, at) => ({ ...entryAt(entry, account), at })
  },
}

/** `parseManifestAs`, for the deployment. */
export const parseManifest = (env: Environment, file: ManifestFile, mask: (secret: string) => void): Task =>
  parseManifestAs(deployed, env, file, mask)

interface ManifestFile {
  readonly text: string
  readonly file: string
}

/**
 * Reads a manifest: the text of the file, and its path. Step inputs are defaults below the file's. Throws one Problem, `Input.Manifest`, with a
 * finding for everything that is wrong, each with its place; no message has the value of a key, and all of them are masked first.
 */
export const parseManifestAs = <E extends Zoned>(
  kind: EntryKind<E>,
  env: Environment,
  { text, file }: ManifestFile,
  mask: (secret: string) => void,
): Task<E> => {
  for (const secret of literalsIn(text)) mask(secret)
  const findings: Finding[] = []
  const find = (finding: Finding) => findings.push(finding)
  // A copy: reading from the environment of a process is slow.
  const options: LayerOptions = { env: { ...env }, find, unset: find, mask }
  const step = inputReader(env)
  const shard = shardOf(step)
  // The entry reads it again, whatever is wrong with the other inputs.
  step.flag('comment-on-pull-request')
  const root = parseYaml(text, file)
  if ('kind' in root) {
    const task = taskOf(kind, root, file, options)
    if (findings.length + step.findings.length === 0) {
      if (shard === undefined) return task
      return { ...task, accounts: accountsOf(task.accounts, shard, sitesOf), shard: step.get('shard') }
    }
  } else root.forEach(find)
  throw problemWith('Input.Manifest', inOrder([...step.findings, ...findings]))
}

/** Each finding once, in the order of the file; first those of the step. */
const inOrder = (findings: readonly Finding[]): readonly Finding[] => {
  const keyOf = ({ input, seen, expected, at }: Finding) => JSON.stringify([input, seen, expected, at])
  const [line, column] = [({ at }: Finding) => at?.line ?? 0, ({ at }: Finding) => at?.column ?? 0]
  return uniqueBy(findings, keyOf).toSorted((a, b) => line(a) - line(b) || column(a) - column(b))
}

/** The share. Records inputs that a manifest replaces. */
const shardOf = (step: Reader): ReturnType<typeof parseShard> => {
  for (const name of replacedInputs) {
    if (step.get(name) !== '') {
      const expected = { en: 'nothing together with manifest', zh: '空：不能与 manifest 同时使用' }
      step.wrong(name, { en: 'a value', zh: '一个值' }, expected)
    }
  }
  const text = step.get('shard')
  const shard = parseShard(text)
  if (text !== '' && shard === undefined) {
    step.wrong('shard', quote(text), {
      en: 'i/n, such as 2/4, with at most 256 shares',
      zh: 'i/n，例如 2/4，最多 256 个分片',
    })
  }
  return shard
}

const taskOf = <E>(kind: EntryKind<E>, root: Node, file: string, options: LayerOptions): Task<E> => {
  const { env, find } = options
  const top = topOf(root, file, find)
  const mapping = mappingOf(top.get('defaults'), 'defaults', find)
  const defaults: Layer = mapping ? layerOf(read(mapping, kind), defaultKeys, options) : new Map()
  const waitMs = parsedFrom([defaults], { env, find, at: mapping?.at }, parseWait)
  const accounts = accountsIn(top.get('accounts'), options)
  const tasks = tasksOf(sitesIn(top.get('sites'), find), { kind, defaults, accounts, options })
  accounts.checkUnused()
  return { accounts: tasks, waitMs }
}

type Find = LayerOptions['find']

const topOf = (root: Node, file: string, find: Find): ReadonlyMap<string, Node> => {
  const mapping = root.kind === 'nothing' ? { at: root.at, entries: [] } : mappingOf(root, 'manifest', find)
  for (const one of mapping?.entries ?? []) if (!parts.includes(one.key)) find(unknownKey(one, parts))
  const top = new Map((mapping?.entries ?? []).map(({ key, value }) => [key, value]))
  const isEmpty = root.kind === 'scalar' && root.text === ''
  if ((mapping !== undefined || isEmpty) && !top.has('sites'))
    find({ input: 'sites', seen: nothing, expected: siteList, at: { file, line: 1, column: 1 } })
  return top
}

const siteList: Text = { en: 'a list of sites', zh: '站点列表' }

const sitesIn = (node: Node | undefined, find: Find): readonly Mapping[] => {
  if (node === undefined) return []
  const wrong = (seen: Text, expected: Text): readonly Mapping[] => {
    find({ input: 'sites', seen, expected, at: node.at })
    return []
  }
  if (node.kind !== 'list')
    return wrong(node.kind === 'mapping' ? kinds.mapping : { en: 'no list', zh: '不是列表的内容' }, siteList)
  const { length } = node.items
  if (length === 0) return wrong(kinds['empty list'], siteList)
  if (length > maxSites)
    return wrong(
      { en: `${length} sites`, zh: `${length} 个站点` },
      { en: `at most ${maxSites}`, zh: `不超过 ${maxSites} 个` },
    )
  return node.items.flatMap((item) => {
    const [seen, expected] = [
      { en: 'an empty entry', zh: '空条目' },
      { en: 'a site', zh: '站点' },
    ]
    if (item.kind === 'nothing') find({ input: 'sites', seen, expected, at: item.at })
    return mappingOf(item, 'sites', find) ?? []
  })
}

/** A mapping without the keys that mean nothing here. */
const read = ({ at, entries }: Mapping, { keys }: Pick<EntryKind<unknown>, 'keys'>): Mapping => {
  const all: readonly string[] = [...siteKeys, ...defaultKeys]
  const isRead = (key: string) => keys === undefined || keys.some((one) => one === key) || !all.includes(key)
  return { at, entries: entries.filter(({ key }) => isRead(key)) }
}

interface Known<E> {
  readonly kind: EntryKind<E>
  readonly defaults: Layer
  readonly accounts: Accounts
  readonly options: LayerOptions
}

interface Group<E> extends NamedAccount {
  readonly entries: E[]
}

/** The sites, by account. Accounts with the same settings are one. */
const tasksOf = <E>(
  sites: readonly Mapping[],
  { kind, defaults, accounts, options }: Known<E>,
): readonly AccountTask<E>[] => {
  const { env, find } = options
  const groups = new Map<string, Group<E>>()
  let length = 0
  for (const site of sites) {
    const { at } = site
    const name = site.entries.find(({ key }) => key === 'account')?.value
    const own = { at, entries: site.entries.filter(({ key }) => key !== 'account') }
    const layer = layerOf(read(own, kind), siteKeys, options)
    const account = name === undefined ? accounts.ofStep(at) : accounts.named(name)
    length += lengthOf([layer, defaults])
    if (length > maxLength) {
      find({ ...tooLong, at })
      break
    }
    const entry = parsedFrom([layer, defaults], { env, find, at }, kind.parse)
    if (account !== undefined) addTo(groups, account, entry(account.account, at))
  }
  return [...groups.values()].flatMap(({ name, account, entries }) =>
    isNonEmpty(entries) ? { ...(name === undefined ? {} : { name }), account, entries } : [],
  )
}

const tooLong: Omit<Finding, 'at'> = {
  input: 'sites',
  seen: { en: 'more than 32 MiB of values', zh: '总计超过 32 MiB 的值' },
  expected: {
    en: 'less, with all that aliases and defaults repeat',
    zh: '更少的内容（别名和 defaults 重复的部分也计算在内）',
  },
}

const lengthOf = (layers: readonly Layer[]): number =>
  [...layered(layers).values].reduce((sum, [, { text }]) => sum + text.length, 0)

/** Adds an entry to the group of its account, which has the first of the names, so that the order in the file makes no difference. */
const addTo = <E>(groups: Map<string, Group<E>>, account: NamedAccount, entry: E): void => {
  const group = groups.get(account.key) ?? { ...account, entries: [] }
  group.entries.push(entry)
  const [name] = [group.name, account.name].filter((one) => one !== undefined).toSorted()
  groups.set(account.key, { ...group, name })
}
