import type { Environment } from '../model/ports.ts'
import type { Finding } from '../model/problem.ts'
import { brief } from '../util/text.ts'
import { type ChoiceName, choices, type InputName, inputDefaults, variable } from './table.ts'

/** A value as a finding shows it. */
export const quote = (text: string): string => (text === '' ? 'nothing' : `“${brief(text, 80)}”`)

/** Reads inputs one by one, and collects what is wrong with them. */
export interface Reader {
  readonly env: Environment
  /** The value of an input, trimmed, or its default. */
  readonly get: (name: InputName) => string
  /** Records what is wrong with an input: what it holds, and what was expected, each a phrase. */
  readonly wrong: (input: InputName, seen: string, expected: string) => void
  readonly choice: <N extends ChoiceName>(name: N) => (typeof choices)[N][number]
  readonly flag: (name: InputName) => boolean
  readonly quantity: (name: InputName, fits: (n: number) => boolean, expected: string) => number
  readonly findings: readonly Finding[]
}

export const inputReader = (env: Environment): Reader => {
  const findings: Finding[] = []
  const wrong: Reader['wrong'] = (input, seen, expected) => {
    findings.push({ input, seen, expected })
  }
  const get: Reader['get'] = (name) => (env[variable(name)] ?? '').trim() || inputDefaults[name]
  const choice: Reader['choice'] = (name) => {
    const allowed: readonly (typeof choices)[typeof name][number][] = choices[name]
    const found = allowed.find((one) => one === get(name))
    if (found === undefined) wrong(name, quote(get(name)), allowed.join(' or '))
    return found ?? choices[name][0]
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
