import { closest, distance } from 'fastest-levenshtein'
import { endpointFault, type Site, siteNames } from './cloud/endpoint.ts'
import type { Credential } from './cloud/tc3.ts'
import { type ApiVersion, apiVersions, type Certificates } from './cloud/teo.ts'
import { keyVariables } from './credentials/keys.ts'
import { entries, parseHost } from './hosts.ts'
import { type Finding, ownProblem } from './problem.ts'
import { clip, count, oneLine } from './text.ts'

/** What the step is asked to do, checked and normalised. */
export interface Inputs {
  readonly zoneId: string
  /** Never empty. */
  readonly hosts: readonly string[]
  readonly certificates: Certificates
  readonly credential: Credential
  readonly site: Site
  readonly endpoint: string | undefined
  readonly apiVersion: ApiVersion
  readonly language: (typeof languages)[number]
  readonly waitFor: (typeof waits)[number]
  /** The deadline of the whole step, milliseconds from its start. */
  readonly waitMs: number
}

const languages = ['en-US', 'zh-CN'] as const
const waits = ['accepted'] as const

/** Every input there is, with its default. action.yml says the same; a test compares them. */
export const inputDefaults = {
  'zone-id': '',
  hosts: '',
  'cert-id': '',
  'secret-id': '',
  'secret-key': '',
  'session-token': '',
  site: 'china',
  endpoint: '',
  'api-version': '2022-09-01',
  language: 'en-US',
  'wait-for': 'accepted',
  'wait-minutes': '20',
} as const
type Name = keyof typeof inputDefaults

/** Environment of the process. The runner passes the input `zone-id` as `INPUT_ZONE-ID`. */
type Environment = Readonly<Record<string, string | undefined>>

const prefix = 'INPUT_'
const variable = (name: Name): string => prefix + name.toUpperCase()
const blank = (value: string | undefined): boolean => value === undefined || value.trim() === ''

/** Every secret in the environment that this step may read: to be masked before anything is printed. */
export const secretsIn = (env: Environment): string[] =>
  Object.entries(keyVariables)
    .flatMap(([name, variables]) => [prefix + name.toUpperCase(), ...variables])
    .flatMap((key) => (blank(env[key]) ? [] : (env[key] ?? '').split(/\r?\n/)))
    .flatMap((line) => (blank(line) ? [] : [line, line.trim()]))
    .filter((value, i, all) => all.indexOf(value) === i)

/** A warning for each `with:` key that does not exist: the runner passes it on, and without a word it would do nothing. */
export const unknownInputs = (env: Environment): string[] => {
  const names = Object.keys(inputDefaults)
  return Object.keys(env)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length).toLowerCase())
    .filter((name) => !names.includes(name))
    .map((name) => {
      const nearest = closest(name, names)
      const hint = distance(name, nearest) <= nearest.length / 2 ? ` The nearest is “${nearest}”.` : ''
      return `This action has no input “${clip(oneLine(name), 60)}”: it does nothing.${hint}`
    })
}

/** Reads all inputs. Throws one Problem, `Input.Invalid`, with a finding for everything that is wrong. */
export const parseInputs = (env: Environment): Inputs => {
  const findings: Finding[] = []
  const wrong = (input: Name, seen: string, expected: string) => findings.push({ input, seen, expected })
  const get = (name: Name): string => (env[variable(name)] ?? '').trim() || inputDefaults[name]
  const shown = (name: Name): string => quote(get(name))

  const choice = <T extends string>(name: Name, allowed: readonly [T, ...T[]]): T => {
    const found = allowed.find((one) => one === get(name))
    if (found === undefined) wrong(name, shown(name), allowed.join(' or '))
    return found ?? allowed[0]
  }
  const key = (name: keyof typeof keyVariables): string => {
    const value = [variable(name), ...keyVariables[name]].map((from) => (env[from] ?? '').trim()).find((v) => v !== '')
    if (value === undefined) {
      if (name !== 'session-token') wrong(name, 'nothing', `a key, here or in ${keyVariables[name].join(', ')}`)
    } else if (/[^\x21-\x7e]/.test(value)) {
      wrong(name, 'a value (not shown) with blanks or other characters that no key has', 'the key as CAM shows it')
    }
    return value ?? ''
  }

  const zoneId = get('zone-id')
  if (!/^zone-[0-9A-Za-z-]{1,64}$/.test(zoneId)) {
    wrong('zone-id', shown('zone-id'), 'a site ID from the EdgeOne console, such as zone-2fgd17m17xw')
  }
  const hosts = parseHosts(get('hosts'), wrong)
  const apiVersion = choice('api-version', apiVersions)
  const certificates = parseCertificates(get('cert-id'), apiVersion, wrong)
  const [secretId, secretKey, token] = [key('secret-id'), key('secret-key'), key('session-token')]
  const credential = token === '' ? { secretId, secretKey } : { secretId, secretKey, token }
  const site = choice('site', siteNames)
  const endpoint = get('endpoint') || undefined
  const fault = endpoint === undefined ? undefined : endpointFault(endpoint)
  // What stands before an `@` may be a password.
  if (fault !== undefined) wrong('endpoint', quote(get('endpoint').replace(/^(.*?:\/\/)?.*@/s, '$1***@')), fault)
  const language = choice('language', languages)
  const waitFor = choice('wait-for', waits)
  const minutes = /^\d+(\.\d+)?$/.test(get('wait-minutes')) ? Number(get('wait-minutes')) : Number.NaN
  if (!(minutes > 0 && minutes <= longestWait)) {
    wrong('wait-minutes', shown('wait-minutes'), `a number above 0, at most ${longestWait}`)
  }

  if (findings.length > 0) {
    const each = findings.map(({ input, seen, expected }) => `${input}: saw ${seen}; expected ${expected}`)
    throw ownProblem('Input.Invalid', {
      message: `${count(findings.length, 'wrong input value')}. ${each.join('. ')}.`,
      findings,
    })
  }
  return {
    zoneId,
    hosts,
    certificates,
    credential,
    site,
    endpoint,
    apiVersion,
    language,
    waitFor,
    waitMs: minutes * 60_000,
  }
}

/** A job ends after six hours at the latest on a hosted runner. */
const longestWait = 360

type Wrong = (input: Name, seen: string, expected: string) => void

const quote = (text: string): string => (text === '' ? 'nothing' : `“${clip(oneLine(text), 80)}”`)

const parseHosts = (text: string, wrong: Wrong): readonly string[] => {
  const names = entries(text)
  if (names.length === 0) wrong('hosts', quote(text), 'at least one host name')
  const hosts = names.map((entry) => {
    const parsed = parseHost(entry)
    if ('host' in parsed) return parsed.host
    wrong('hosts', `${quote(entry)}, ${parsed.what}`, parsed.expected)
    return entry
  })
  return [...new Set(hosts)]
}

/** RSA, ECC and SM2: a host has at most one certificate of each (documentation of EdgeOne, 74135). */
const mostCertificates = 3

const parseCertificates = (text: string, version: ApiVersion, wrong: Wrong): Certificates => {
  const ids = [...new Set(entries(text))]
  const given = quote(text)
  if (ids.length === 0) {
    wrong(
      'cert-id',
      'nothing (an expression that gave nothing?)',
      'a certificate ID; the default certificate takes the word default',
    )
  } else if (ids.includes('default')) {
    if (ids.length > 1) wrong('cert-id', given, 'either certificate IDs or the word default')
    else if (version !== '2022-01-06') wrong('cert-id', given, 'a certificate ID; default needs api-version 2022-01-06')
    return 'default'
  } else if (ids.length > mostCertificates) {
    wrong('cert-id', `${ids.length} IDs`, 'at most one per algorithm: RSA, ECC, SM2')
  }
  for (const id of ids) {
    if (!/^[0-9A-Za-z_-]{1,64}$/.test(id)) wrong('cert-id', quote(id), 'letters, digits and hyphens, such as J2JqATrt')
  }
  return ids
}
