import { isIPv4, isIPv6 } from 'node:net'
import type { Account, SignIn } from '../model/credential.ts'
import { endpointFault, endpointOf, isForeign, isPlainEndpoint } from '../model/endpoint.ts'
import { entries } from '../model/hostname.ts'
import type { Environment } from '../model/ports.ts'
import { type Finding, findingText, ownProblem, type Problem } from '../model/problem.ts'
import type { Site } from '../model/site.ts'
import type { ConnectTo, SiteOptions } from '../model/spec.ts'
import type { Entry, Task } from '../model/task.ts'
import { count } from '../util/text.ts'
import { parseSource } from './certificate.ts'
import { parseSignIn } from './credentials.ts'
import { parseSelection, parseZones } from './hosts.ts'
import { inputReader, quote, type Reader } from './reader.ts'
import { ranges, variable } from './table.ts'

/** Reads all inputs. Throws one Problem, `Input.Invalid`, with a finding for everything that is wrong. */
export const parseInputs = (env: Environment): Task => {
  const reader = inputReader(env)
  refuseShard(reader)
  const entry = parseEntry(reader)
  const account = parseAccount(reader)
  const waitMs = parseWait(reader)
  if (reader.findings.length > 0) throw problemWith('Input.Invalid', reader.findings)
  return { accounts: [{ account, entries: [entryAt(entry, account)] }], waitMs }
}

/** Records a share without a manifest. */
export const refuseShard = ({ get, wrong }: Reader): void => {
  if (get('shard') !== '') wrong('shard', quote(get('shard')), 'nothing without manifest')
}

/** Maximum number of findings in a message; the summary and the document have all. */
const maxInMessage = 20

const nouns = { 'Input.Invalid': 'invalid input', 'Input.Manifest': 'problem' } as const

/** One Problem with all findings. */
export const problemWith = (code: keyof typeof nouns, findings: readonly Finding[]): Problem => {
  const each = findings.slice(0, maxInMessage).map(findingText)
  const more = findings.length > maxInMessage ? [`… and ${findings.length - maxInMessage} more.`] : []
  return ownProblem(code, {
    message: `${count(findings.length, nouns[code])}. ${[...each, ...more].join(' ')}`,
    findings,
  })
}

/** `wait-minutes`, in milliseconds. */
export const parseWait = (reader: Reader): number => {
  const { exclusiveMinimum, maximum } = ranges['wait-minutes']
  const fits = (n: number) => n > exclusiveMinimum && n <= maximum
  return 60_000 * reader.quantity('wait-minutes', fits, `a number above 0, at most ${maximum}`)
}

/** An entry, with the site of Tencent Cloud that its account belongs to. */
export const entryAt = (entry: ParsedEntry, { site }: Account): Entry => ({
  ...entry,
  options: { ...entry.options, site },
})

/** What an entry asks for, apart from its account. */
export interface ParsedEntry extends Omit<Entry, 'options'> {
  readonly options: Omit<SiteOptions, 'site'>
}

/** What is to be done at one site, or at several that share their inputs. */
export const parseEntry = (reader: Reader): ParsedEntry => {
  const zones = parseZones(reader)
  const selection = parseSelection(reader, zones)
  const apiVersion = reader.choice('api-version')
  const source = parseSource(reader)
  const keepOther = reader.flag('keep-other-algorithms')
  const { minimum, maximum } = ranges['min-days-left']
  const fits = (n: number) => n >= minimum && n <= maximum
  const minDaysLeft = reader.quantity('min-days-left', fits, `a number of days, at most ${maximum}`)
  const waiting = parseWaiting(reader)
  const dryRun = reader.flag('dry-run')
  const options = { ...selection, keepOther, minDaysLeft, apiVersion, dryRun, ...waiting }
  const entry = { zones, options, source }
  checkTogether(reader, entry)
  return entry
}

/** The account, and how to sign in. */
export const parseAccount = (reader: Reader): Account => {
  const { env, get, wrong, choice } = reader
  const signIn = parseSignIn(reader)
  const allowedAccounts = entries(get('allowed-account-ids'))
  if (allowedAccounts.length === 0 && (env[variable('allowed-account-ids')] ?? '') !== '') {
    wrong('allowed-account-ids', 'a list without an ID', 'the UIN of an account, or nothing to allow every account')
  }
  for (const account of allowedAccounts) {
    if (!/^\d{6,20}$/.test(account))
      wrong('allowed-account-ids', quote(account), 'the UIN of an account: digits, such as 100000000001')
  }
  const site = choice('site')
  const region = get('region') || (site === 'china' ? 'ap-guangzhou' : 'ap-singapore')
  if (!/^[a-z]{2,4}(-[a-z0-9]+)+$/.test(region)) wrong('region', quote(region), 'a region of STS, such as ap-guangzhou')
  const endpoint = parseEndpoint(reader, site, signIn)
  const language = choice('language')
  return { signIn, allowedAccounts, region, site, endpoint, language }
}

/** `endpoint`. Unlike a signature, an OIDC token can be replayed at the real STS by its receiver. */
const parseEndpoint = ({ get, wrong }: Reader, site: Site, { kind }: SignIn): string | undefined => {
  const endpoint = get('endpoint')
  if (endpoint === '') return undefined
  const seen = isPlainEndpoint(endpoint) ? quote(endpoint) : 'a value (not shown)'
  const fault = endpointFault(endpoint)
  if (fault !== undefined) wrong('endpoint', seen, fault)
  else if (kind === 'oidc' && isForeign(endpointOf(site, endpoint)('sts'))) {
    const expected =
      'a host of *.tencentcloudapi.com, because the OIDC token of the job is sent only there (a key may be used with other hosts)'
    wrong('endpoint', seen, expected)
  }
  return endpoint
}

const parseWaiting = (reader: Reader): Pick<SiteOptions, 'waitFor' | 'connectTo' | 'rollback' | 'oldCertificates'> => {
  const { get, wrong, choice, flag } = reader
  const waitFor = choice('wait-for')
  const connectTo = parseConnectTo(reader)
  if (connectTo !== 'dns' && waitFor !== 'served')
    wrong('connect-to', quote(get('connect-to')), 'nothing without wait-for: served')
  const rollback = flag('rollback')
  const oldCertificates = choice('old-certificates')
  if (oldCertificates !== 'keep' && waitFor === 'accepted') {
    const expected =
      'keep: old certificates are retired only after verification, and wait-for: accepted verifies nothing'
    wrong('old-certificates', oldCertificates, expected)
  }
  return { waitFor, connectTo, rollback, oldCertificates }
}

/** `connect-to`: `cname`, or a host or address, with or without a port. */
export const parseConnectTo = ({ get, wrong }: Reader): ConnectTo => {
  const text = get('connect-to')
  if (text === '') return 'dns'
  if (text.toLowerCase() === 'cname') return 'cname'
  const url = URL.parse(`https://${isIPv6(text) ? `[${text}]` : text}`)
  // URLs take numbers for addresses: 443 is 0.0.1.187.
  const isNumber = url !== null && isIPv4(url.hostname) && !text.startsWith(url.hostname)
  if (url !== null && !isNumber && url.port !== '0' && /^[\w.:[\]-]+$/.test(text)) {
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 443 }
  }
  const expected = 'cname, or a host or an IP address, with the port if it is not 443, such as 203.0.113.7:8443'
  wrong('connect-to', quote(text), expected)
  return 'dns'
}

/** Checks combinations of inputs. */
const checkTogether = ({ get, wrong }: Reader, { zones, options, source }: ParsedEntry): void => {
  const {
    apiVersion,
    selection: { match },
  } = options
  const isOlder = apiVersion === '2022-01-06'
  // `zone-name: auto` alone is at fault if nobody asked for this selection.
  const isByCertificate = match === 'certificate' && get('match') !== ''
  if (source.kind === 'mode') {
    if (isOlder) wrong('mode', quote(get('mode')), 'sslcert: api-version 2022-01-06 has no modes')
    if (isByCertificate)
      wrong('match', 'certificate', `exact or pattern: mode ${source.mode} provides no certificate names`)
  }
  if (source.kind === 'newest' && isByCertificate)
    wrong('match', 'certificate', 'exact or pattern: with cert-id: newest, the hosts select the certificate')
  if (zones.by === 'certificate' && source.kind !== 'pem-text' && source.kind !== 'ids')
    wrong('zone-name', 'auto', 'names of sites: auto needs a certificate that is given as PEM or by its ID')
  if (zones.by === 'id' && zones.ids.length > 1 && match === 'exact' && isOlder)
    wrong(
      'zone-id',
      `${zones.ids.length} IDs`,
      'the names of the sites in zone-name: api-version 2022-01-06 does not find sites by ID',
    )
  if (isOlder && source.kind === 'default' && isByCertificate && get('cert-id') !== '') {
    const expected = 'exact or pattern: api-version 2022-01-06 does not return the names of the default certificate'
    wrong('match', 'certificate', expected)
  }
}
