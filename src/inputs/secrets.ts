import { keyVariables } from '../model/credential.ts'
import type { Environment } from '../model/ports.ts'
import { keyLinesIn } from '../pem/key-lines.ts'
import { variable } from './table.ts'

const isBlank = (value: string | undefined): boolean => value === undefined || value.trim() === ''

/** Every secret in the environment that this step may read: to be masked before anything is printed. */
export const secretsIn = (env: Environment): string[] => {
  const keys = Object.entries(keyVariables).flatMap(([name, variables]) => [variable(name), ...variables])
  const lines = keys.flatMap((key) => (isBlank(env[key]) ? [] : (env[key] ?? '').split(/\r?\n/)))
  const pem = [variable('certificate'), variable('private-key')].flatMap((key) => keyLinesIn(env[key] ?? ''))
  const all = [...lines.flatMap((line) => (isBlank(line) ? [] : [line, line.trim()])), ...pem]
  return [...new Set(all)]
}
