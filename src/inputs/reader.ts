import type { Environment } from '../model/ports.ts'
import type { Finding, Place } from '../model/problem.ts'
import { brief } from '../util/text.ts'
import { type InputName, inputDefaults, variable } from './table.ts'

/** A value as a finding shows it. */
export const quote = (text: string): string => (text === '' ? 'nothing' : `“${brief(text, 80)}”`)

/** Reads inputs one by one, and collects what is wrong with them. */
export interface Reader {
  readonly env: Environment
  /** The value of an input, trimmed, or its default. */
  readonly get: (name: InputName) => string
  /** Records what is wrong with an input: what it holds, and what was expected, each a phrase. */
  readonly wrong: (input: InputName, seen: string, expected: string) => void
  readonly choice: <T extends string>(name: InputName, allowed: readonly [T, ...T[]]) => T
  readonly flag: (name: InputName) => boolean
  readonly quantity: (name: InputName, fits: (n: number) => boolean, expected: string) => number
  readonly findings: readonly Finding[]
}

/** `placeOf`: where a value stands, if it comes from a manifest. */
export const inputReader = (
  env: Environment,
  placeOf: (name: InputName) => Place | undefined = () => undefined,
): Reader => {
  const findings: Finding[] = []
  const wrong: Reader['wrong'] = (input, seen, expected) => {
    const at = placeOf(input)
    findings.push({ input, seen, expected, ...(at === undefined ? {} : { at }) })
  }
  const get: Reader['get'] = (name) => (env[variable(name)] ?? '').trim() || inputDefaults[name]
  const choice: Reader['choice'] = (name, allowed) => {
    const found = allowed.find((one) => one === get(name))
    if (found === undefined) wrong(name, quote(get(name)), allowed.join(' or '))
    return found ?? allowed[0]
  }
  const flag: Reader['flag'] = (name) => {
    // The spellings of YAML 1.2's core schema, as core.getBooleanInput accepts them.
    const value = /^(?:(true|True|TRUE)|false|False|FALSE)$/.exec(get(name))
    if (value === null) wrong(name, quote(get(name)), 'true or false')
    return value?.[1] !== undefined
  }
  const quantity: Reader['quantity'] = (name, fits, expected) => {
    const value = /^\d+(\.\d+)?$/.test(get(name)) ? Number(get(name)) : Number.NaN
    if (!fits(value)) wrong(name, quote(get(name)), expected)
    return value
  }
  return { env, get, wrong, choice, flag, quantity, findings }
}
