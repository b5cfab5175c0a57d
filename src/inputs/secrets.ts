import { keyVariables } from '../model/credential.ts'
import { isPlainEndpoint } from '../model/endpoint.ts'
import type { Environment } from '../model/ports.ts'
import { keyLinesIn } from '../pem/key-lines.ts'
import { variable } from './table.ts'

/** Variables that hold a token for GitHub, whether this step reads them or not. */
const githubTokens = ['GITHUB_TOKEN', 'GH_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_RUNTIME_TOKEN'] as const

/** Minimum length, characters: masks of shorter texts would hide half of the log. */
const minPassword = 4

const isBlank = (value: string | undefined): boolean => value === undefined || value.trim() === ''

/** Every secret in the environment that this step may read or send, to be masked before anything is printed. */
export const secretsIn = (env: Environment): string[] => {
  const keys = Object.entries(keyVariables).flatMap(([name, variables]) => [variable(name), ...variables])
  const tokens = [...keys, variable('github-token'), ...githubTokens]
  const lines = tokens.flatMap((key) => (isBlank(env[key]) ? [] : (env[key] ?? '').split(/\r?\n/)))
  const pem = [variable('certificate'), variable('private-key')].flatMap((key) => keyLinesIn(env[key] ?? ''))
  // A key that was pasted into another input, which an error message may quote.
  const misplaced = Object.entries(env).flatMap(([name, value = '']) =>
    name.startsWith('INPUT_') && value.includes('PRIVATE KEY-----') ? keyLinesIn(value) : [],
  )
  const endpoint = env[variable('endpoint')]?.trim() ?? ''
  const all = [
    ...lines.flatMap((line) => (isBlank(line) ? [] : [line, line.trim()])),
    ...pem,
    ...misplaced,
    ...passwordsIn(env),
    ...(endpoint === '' || isPlainEndpoint(endpoint) ? [] : [endpoint]),
  ]
  return [...new Set(all)]
}

/** Proxy passwords, as they appear in the URL and as they are sent: alone, and with the user name. */
const passwordsIn = (env: Environment): string[] =>
  Object.entries(env).flatMap(([name, value = '']) => {
    if (!/^(?:https?|all)_proxy$/i.test(name)) return []
    const [, user = '', password = ''] = /^(?:[^/]*\/\/)?([^/@]*?):([^/]*)@/.exec(value.trim()) ?? []
    const texts = [password, decoded(password), `${user}:${password}`, `${decoded(user)}:${decoded(password)}`]
    return decoded(password).length < minPassword ? [] : texts
  })

/** As the proxy receives it. A `%` that does not begin an escape stands for itself. */
const decoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes)
    } catch {
      return bytes
    }
  })
