import type { Account } from '../model/credential.ts'
import type { Place } from '../model/problem.ts'
import type { Text } from '../util/language.ts'
import { nearest } from '../util/suggest.ts'
import { parseAccount } from './inputs.ts'
import { parsedFrom } from './layers.ts'
import { accountKeys } from './manifest-keys.ts'
import { type LayerOptions, layerOf, type Mapping, mappingOf, type Node } from './manifest-values.ts'
import { quote } from './reader.ts'

/** An account of the manifest, or that of the credential inputs of the step, which has no name. */
export interface NamedAccount {
  readonly name: string | undefined
  readonly account: Account
  /** The same for accounts with the same settings. */
  readonly key: string
}

export interface Accounts {
  /** The account that a site names; undefined if there is none, which is recorded. */
  readonly named: (name: Node) => NamedAccount | undefined
  /** That of a site without a name, at this place: only then are the credential inputs of the step required. */
  readonly ofStep: (at: Place) => NamedAccount
  /** Checks the accounts that no site names, except for their variables and credentials. */
  readonly checkUnused: () => void
}

/** The accounts in a manifest, each of which is parsed once. */
export const accountsIn = (node: Node | undefined, options: LayerOptions): Accounts => {
  const { env, find } = options
  const listed = new Map<string, Mapping>()
  for (const { key: name, at, value } of mappingOf(node, 'accounts', find)?.entries ?? []) {
    if (isName(name)) listed.set(name, mappingOf(value, 'accounts', find) ?? { at, entries: [] })
    else find({ input: 'accounts', seen: shown(name), expected: nameForm, at })
  }
  const parsed = new Map<string, NamedAccount>()
  let own: NamedAccount | undefined
  return {
    named: (given) => {
      const name = given.kind === 'list' || given.kind === 'mapping' ? '' : given.text
      const mapping = listed.get(name)
      if (mapping === undefined) {
        find({ input: 'account', seen: shown(name), expected: expectedName(name, listed), at: given.at })
        return undefined
      }
      const { at } = mapping
      const made =
        parsed.get(name) ??
        namedAs(name, parsedFrom([layerOf(mapping, accountKeys, options)], { env, find, at }, parseAccount))
      parsed.set(name, made)
      return made
    },
    ofStep: (at) => {
      own ??= namedAs(undefined, parsedFrom([], { env, find, at }, parseAccount))
      return own
    },
    checkUnused: () => {
      for (const [name, mapping] of listed) {
        // The workflow may have stopped passing its variables.
        if (!parsed.has(name)) layerOf(mapping, accountKeys, { ...options, unset: () => undefined })
      }
    },
  }
}

const isName = (text: string): boolean => /^[\w.-]{1,64}$/.test(text)

const nameForm = { en: 'a name of letters, digits and any of . _ -', zh: '由字母、数字和 . _ - 组成的名称' }

/** A name as a finding shows it: what cannot be one may be anything, even a key. */
const shown = (name: string): Text =>
  name === '' || isName(name) ? quote(name) : { en: 'no name (not shown)', zh: '不是名称的内容（未显示）' }

const namedAs = (name: string | undefined, account: Account): NamedAccount => ({
  name,
  account,
  key: JSON.stringify(account),
})

const expectedName = (name: string, listed: ReadonlyMap<string, unknown>): Text => {
  const names = [...listed.keys()]
  const [suggestion] = nearest(name, names, 1)
  if (suggestion !== undefined) return { en: `“${suggestion}”, perhaps`, zh: `“${suggestion}”（名称相近）` }
  if (names.length === 0) return { en: 'the name of an account under accounts', zh: 'accounts 下的账号名称' }
  const some = names.slice(0, 20)
  return { en: `one of ${some.join(', ')}`, zh: `以下之一：${some.join('、')}` }
}
