import type { Environment } from '../model/ports.ts'
import type { Finding, Place } from '../model/problem.ts'
import type { Text } from '../util/language.ts'
import { excludedBy } from './manifest-keys.ts'
import type { Given, Layer } from './manifest-values.ts'
import { inputReader, quote, type Reader } from './reader.ts'
import { type InputName, inputDefaults, variable } from './table.ts'

const isInput = (name: string): name is InputName => Object.hasOwn(inputDefaults, name)

/** What several layers give together. */
interface Layered {
  readonly values: ReadonlyMap<string, Given>
  /** Inputs that no layer below may give. */
  readonly hidden: ReadonlySet<string>
}

/** The values of layers, the first of which comes first. A value hides the same input, and all that it excludes, in the layers below. */
export const layered = (layers: readonly Layer[]): Layered => {
  const values = new Map<string, Given>()
  const hidden = new Set<string>()
  for (const layer of layers) {
    const effective = [...layer].filter(([name]) => !hidden.has(name))
    for (const [name, given] of effective) values.set(name, given)
    for (const [name, { text }] of effective) {
      hidden.add(name)
      if (isInput(name)) for (const other of excludedBy(name, text)) hidden.add(other)
    }
  }
  return { values, hidden }
}

export interface LayeredOptions {
  /** The environment of the step: its inputs are below all layers. */
  readonly env: Environment
  readonly find: (finding: Finding) => void
  /** Where the site, or the account, is listed. */
  readonly at: Place | undefined
}

/** Parses what layers give on top of the inputs of the step. Findings get the places of the values; those of missing ones, that of the whole. */
export const parsedFrom = <T>(
  layers: readonly Layer[],
  { env, find, at }: LayeredOptions,
  parse: (reader: Reader) => T,
): T => {
  const { values, hidden } = layered(layers)
  const changes = [...hidden].map((name) => [variable(name), values.get(name)?.text ?? ''])
  const reader = inputReader({ ...env, ...Object.fromEntries(changes) })
  const made = parse(reader)
  for (const finding of reader.findings) {
    const { input, seen } = finding
    const given = values.get(input)
    if (given?.isWrong) continue
    const isOfStep = given === undefined && isQuote(seen, (env[variable(input)] ?? '').trim())
    const place = given === undefined ? at : placeIn(given, seen)
    find(isOfStep || place === undefined ? finding : { ...finding, at: place })
  }
  return made
}

/** Where a value stands, or the entry of it that a finding quotes. */
const placeIn = ({ items, at }: Given, seen: Text): Place =>
  items.find(({ text }) => seen.en.startsWith(quote(text.trim()).en))?.at ?? at

const isQuote = (seen: Text, text: string): boolean => text !== '' && seen.en === quote(text).en
