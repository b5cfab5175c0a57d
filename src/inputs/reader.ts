import type { Environment } from '../model/ports.ts'
import type { Finding } from '../model/problem.ts'
import { inBoth, type Text } from '../util/language.ts'
import { brief } from '../util/text.ts'
import { type ChoiceName, choices, type InputName, inputDefaults, variable } from './table.ts'

/** A value as a finding shows it. */
export const quote = (text: string): Text => (text === '' ? nothing : inBoth(`“${brief(text, 80)}”`))
export const nothing: Text = { en: 'nothing', zh: '空' }
export const nothingGiven: Text = { en: 'nothing (perhaps an empty expression)', zh: '空（可能是表达式的值为空）' }
export const countOfIds = ({ length }: readonly string[]): Text => ({ en: `${length} IDs`, zh: `${length} 个 ID` })

/** Reads inputs one by one, and collects what is wrong with them. */
export interface Reader {
  readonly env: Environment
  /** The value of an input, trimmed, or its default. */
  readonly get: (name: InputName) => string
  /** Records what is wrong with an input: what it holds, and what was expected, each a phrase. */
  readonly wrong: (input: InputName, seen: Text, expected: Text) => void
  readonly choice: <N extends ChoiceName>(name: N) => (typeof choices)[N][number]
  readonly flag: (name: InputName) => boolean
  readonly quantity: (name: InputName, fits: (n: number) => boolean, expected: Text) => number
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
    if (found === undefined)
      wrong(name, quote(get(name)), {
        en: allowed.join(' or '),
        zh: allowed.join('、').replace(/、([^、]*)$/, ' 或 $1'),
      })
    return found ?? choices[name][0]
  }
  const flag: Reader['flag'] = (name) => {
    // The spellings of YAML 1.2's core schema, as core.getBooleanInput accepts them.
    const value = /^(?:(true|True|TRUE)|false|False|FALSE)$/.exec(get(name))
    if (value === null) wrong(name, quote(get(name)), { en: 'true or false', zh: 'true 或 false' })
    return value?.[1] !== undefined
  }
  const quantity: Reader['quantity'] = (name, fits, expected) => {
    const value = /^\d+(\.\d+)?$/.test(get(name)) ? Number(get(name)) : Number.NaN
    if (!fits(value)) wrong(name, quote(get(name)), expected)
    return value
  }
  return { env, get, wrong, choice, flag, quantity, findings }
}
