import { closest, distance } from 'fastest-levenshtein'
import type { Access } from '../credentials/index.ts'
import { entries } from '../model/hostname.ts'
import { type Finding, findingText, ownProblem } from '../model/problem.ts'
import { endpointFault, type Site, siteNames } from '../tencent/endpoint.ts'
import { type ApiVersion, apiVersions, type Mode, modes } from '../tencent/teo.ts'
import { brief, count } from '../util/text.ts'
import { parseAccess } from './credentials.ts'
import { type Environment, variable } from './secrets.ts'
import { matches, parseCertificates, parseConnectTo, parseTarget, parseZone, quote, type Target } from './values.ts'

/** What the step is asked to do, checked and normalised. */
export interface Inputs {
  /** One of these two is given. */
  readonly zoneId: string | undefined
  readonly zoneName: string | undefined
  readonly target: Target
  readonly ifNoHosts: (typeof ifNoHosts)[number]
  readonly mode: Mode
  /** With the mode `sslcert`: IDs, or `default`, or PEM; otherwise none. */
  readonly certificates: 'default' | readonly string[]
  /** Certificates and keys to upload, as PEM or as paths of such files; absent when they are known by ID. */
  readonly pem: { readonly certificate: string; readonly privateKey: string } | undefined
  /** Alias of an uploaded certificate. */
  readonly alias: string | undefined
  readonly keepOther: boolean
  readonly minDaysLeft: number
  readonly access: Access
  /** UINs of the accounts that the key may belong to; any when empty. */
  readonly accounts: readonly string[]
  /** `X-TC-Region`, for STS. */
  readonly region: string
  readonly site: Site
  readonly endpoint: string | undefined
  readonly apiVersion: ApiVersion
  readonly language: (typeof languages)[number]
  readonly dryRun: boolean
  readonly waitFor: (typeof waits)[number]
  /** Where `served` connects: the host itself when absent, or its CNAME at EdgeOne, or one place for all. */
  readonly connectTo: 'cname' | { readonly host: string; readonly port: number } | undefined
  readonly rollback: boolean
  readonly oldCertificates: (typeof afterlives)[number]
  /** The deadline of the whole step, milliseconds from its start. */
  readonly waitMs: number
}

const ifNoHosts = ['error', 'warn', 'ignore'] as const
const languages = ['en-US', 'zh-CN'] as const
const waits = ['deployed', 'accepted', 'served'] as const
const afterlives = ['keep', 'mute', 'delete'] as const

/** Every input there is, with its default. action.yml says the same; a test compares them. */
export const inputDefaults = {
  'zone-id': '',
  'zone-name': '',
  hosts: '',
  match: 'exact',
  'if-no-hosts': 'error',
  'cert-id': '',
  certificate: '',
  'private-key': '',
  'cert-alias': '',
  mode: 'sslcert',
  'keep-other-algorithms': 'true',
  'min-days-left': '0',
  'secret-id': '',
  'secret-key': '',
  'session-token': '',
  'role-arn': '',
  'oidc-provider': '',
  'oidc-audience': 'sts.tencentcloudapi.com',
  'role-session-name': '',
  'role-duration-seconds': '3600',
  'allowed-account-ids': '',
  region: '',
  site: 'china',
  endpoint: '',
  'api-version': '2022-09-01',
  language: 'en-US',
  'dry-run': 'false',
  'wait-for': 'deployed',
  'wait-minutes': '20',
  'connect-to': '',
  rollback: 'false',
  'old-certificates': 'keep',
} as const
type Name = keyof typeof inputDefaults

/** A warning for each `with:` key that does not exist: the runner passes it on, and without a word it would do nothing. */
export const unknownInputs = (env: Environment): string[] => {
  const names = Object.keys(inputDefaults)
  return Object.keys(env)
    .filter((key) => key.startsWith('INPUT_'))
    .map((key) => key.slice('INPUT_'.length).toLowerCase())
    .filter((name) => !names.includes(name))
    .map((name) => {
      const nearest = closest(name, names)
      const hint = distance(name, nearest) <= nearest.length / 2 ? ` The nearest is “${nearest}”.` : ''
      return `This action has no input “${brief(name, 60)}”: it does nothing.${hint}`
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
  const flag = (name: Name): boolean => {
    // The spellings of YAML 1.2's core schema, as core.getBooleanInput takes them.
    const value = /^(?:(true|True|TRUE)|false|False|FALSE)$/.exec(get(name))
    if (value === null) wrong(name, shown(name), 'true or false')
    return value?.[1] !== undefined
  }
  const quantity = (name: Name, fits: (n: number) => boolean, expected: string): number => {
    const value = /^\d+(\.\d+)?$/.test(get(name)) ? Number(get(name)) : Number.NaN
    if (!fits(value)) wrong(name, shown(name), expected)
    return value
  }

  const zoneId = get('zone-id') || undefined
  const zoneName = get('zone-name') || undefined
  const zone = parseZone(zoneId, zoneName, wrong)
  const match = choice('match', matches)
  const noHosts = choice('if-no-hosts', ifNoHosts)
  const target = parseTarget(match, get('hosts'), noHosts === 'error', wrong)
  const apiVersion = choice('api-version', apiVersions)
  const mode = choice('mode', modes)
  const pem =
    get('certificate') === '' ? undefined : { certificate: get('certificate'), privateKey: get('private-key') }
  const certificates = parseCertificates(get('cert-id'), mode, pem !== undefined, wrong)
  if (pem !== undefined && mode !== 'sslcert') wrong('certificate', 'a certificate', `nothing: mode ${mode} takes none`)
  if (pem === undefined && get('private-key') !== '')
    wrong('private-key', 'a key (not shown)', 'nothing without certificate')
  const alias = get('cert-alias') || undefined
  if (alias !== undefined && (pem === undefined || alias.length > 200)) {
    wrong('cert-alias', shown('cert-alias'), 'an alias of at most 200 characters, only with certificate')
  }
  if (mode !== 'sslcert') {
    if (apiVersion === '2022-01-06') wrong('mode', shown('mode'), 'sslcert: api-version 2022-01-06 has no modes')
    if (match === 'certificate') wrong('match', 'certificate', `exact or pattern: mode ${mode} brings no certificate`)
  }
  if (apiVersion === '2022-01-06' && certificates === 'default' && match === 'certificate') {
    wrong(
      'match',
      'certificate',
      'exact or pattern: api-version 2022-01-06 does not tell the names of the default certificate',
    )
  }
  const keepOther = flag('keep-other-algorithms')
  const minDaysLeft = quantity('min-days-left', (n) => n >= 0 && n <= 3650, 'a number of days, at most 3650')
  const access = parseAccess({ env, get, wrong })
  const accounts = entries(get('allowed-account-ids'))
  for (const account of accounts) {
    if (!/^\d{6,20}$/.test(account))
      wrong('allowed-account-ids', quote(account), 'the UIN of an account: digits, such as 100000000001')
  }
  const site = choice('site', siteNames)
  const region = get('region') || (site === 'china' ? 'ap-guangzhou' : 'ap-singapore')
  if (!/^[a-z]{2,4}(-[a-z0-9]+)+$/.test(region)) wrong('region', quote(region), 'a region of STS, such as ap-guangzhou')
  const endpoint = get('endpoint') || undefined
  const fault = endpoint === undefined ? undefined : endpointFault(endpoint)
  // What stands before an `@` may be a password.
  if (fault !== undefined) wrong('endpoint', quote(get('endpoint').replace(/^(.*?:\/\/)?.*@/s, '$1***@')), fault)
  const language = choice('language', languages)
  const waitFor = choice('wait-for', waits)
  const connectTo = parseConnectTo(get('connect-to'), wrong)
  if (connectTo !== undefined && waitFor !== 'served')
    wrong('connect-to', shown('connect-to'), 'nothing without wait-for: served')
  const rollback = flag('rollback')
  const oldCertificates = choice('old-certificates', afterlives)
  if (oldCertificates !== 'keep' && waitFor === 'accepted') {
    wrong(
      'old-certificates',
      oldCertificates,
      'keep: with wait-for accepted nothing is verified, after which it could be done',
    )
  }
  const dryRun = flag('dry-run')
  const minutes = quantity('wait-minutes', (n) => n > 0 && n <= longestWait, `a number above 0, at most ${longestWait}`)

  if (findings.length > 0) {
    const each = findings.map(findingText)
    throw ownProblem('Input.Invalid', {
      message: `${count(findings.length, 'wrong input value')}. ${each.join('. ')}.`,
      findings,
    })
  }
  return {
    ...zone,
    target,
    ifNoHosts: noHosts,
    mode,
    certificates,
    pem,
    alias,
    keepOther,
    minDaysLeft,
    access,
    accounts,
    region,
    site,
    endpoint,
    apiVersion,
    language,
    dryRun,
    waitFor,
    connectTo,
    rollback,
    oldCertificates,
    waitMs: minutes * 60_000,
  }
}

/** A job ends after six hours at the latest on a hosted runner. */
const longestWait = 360
