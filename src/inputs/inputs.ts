import { isIPv4, isIPv6 } from 'node:net'
import type { Account, SignIn } from '../model/credential.ts'
import { endpointFault, endpointOf, isForeign, isPlainEndpoint } from '../model/endpoint.ts'
import { entries } from '../model/hostname.ts'
import type { Environment } from '../model/ports.ts'
import { type Finding, findingText, ownProblem, type Problem } from '../model/problem.ts'
import type { Site } from '../model/site.ts'
import type { ConnectTo, SiteOptions } from '../model/spec.ts'
import type { Entry, Task } from '../model/task.ts'
import { inBoth, sentences } from '../util/language.ts'
import { count } from '../util/text.ts'
import { parseSource } from './certificate.ts'
import { parseSignIn } from './credentials.ts'
import { parseSelection, parseZones } from './hosts.ts'
import { inputReader, quote, type Reader } from './reader.ts'
import { ranges, variable } from './table.ts'
import { checkTogether } from './together.ts'

/** Reads all inputs. Throws one Problem, `Input.Invalid`, with a finding for everything that is wrong. */
export const parseInputs = (env: Environment): Task => {
  const reader = inputReader(env)
  refuseShard(reader)
  const entry = parseEntry(reader)
  const account = parseAccount(reader)
  const waitMs = parseWait(reader)
  // The entry reads it again, whatever is wrong with the other inputs.
  reader.flag('comment-on-pull-request')
  if (reader.findings.length > 0) throw problemWith('Input.Invalid', reader.findings)
  return { accounts: [{ account, entries: [entryAt(entry, account)] }], waitMs }
}

/** Records a share without a manifest. */
export const refuseShard = ({ get, wrong }: Reader): void => {
  if (get('shard') === '') return
  wrong('shard', quote(get('shard')), { en: 'nothing without manifest', zh: '空：未设置 manifest 时不能使用' })
}

/** Maximum number of findings in a message; the summary and the document have all. */
const maxInMessage = 20

const nouns = {
  'Input.Invalid': { en: 'invalid input', zh: '个无效的输入' },
  'Input.Manifest': { en: 'problem', zh: '个问题' },
} as const

/** One Problem with all findings. */
export const problemWith = (code: keyof typeof nouns, findings: readonly Finding[]): Problem => {
  const each = findings.slice(0, maxInMessage).map(findingText)
  const { length } = findings
  const { en, zh } = nouns[code]
  const left = length - maxInMessage
  const more = left > 0 ? [{ en: `… and ${left} more.`, zh: `…… 另有 ${left} 个。` }] : []
  const total = { en: `${count(length, en)}.`, zh: `${length} ${zh}。` }
  return ownProblem(code, { message: sentences([total, ...each, ...more]), findings })
}

/** `wait-minutes`, in milliseconds. */
export const parseWait = (reader: Reader): number => {
  const { exclusiveMinimum, maximum } = ranges['wait-minutes']
  const fits = (n: number) => n > exclusiveMinimum && n <= maximum
  const expected = { en: `a number above 0, at most ${maximum}`, zh: `大于 0 且不超过 ${maximum} 的数字` }
  return 60_000 * reader.quantity('wait-minutes', fits, expected)
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
  const days = { en: `a number of days, at most ${maximum}`, zh: `不超过 ${maximum} 的天数` }
  const minDaysLeft = reader.quantity('min-days-left', fits, days)
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
    const seen = { en: 'a list without an ID', zh: '不含任何 ID 的列表' }
    wrong('allowed-account-ids', seen, {
      en: 'the UIN of an account, or nothing to allow every account',
      zh: '账号的 UIN；如不限制账号，请留空',
    })
  }
  for (const account of allowedAccounts) {
    if (!/^\d{6,20}$/.test(account))
      wrong('allowed-account-ids', quote(account), {
        en: 'the UIN of an account: digits, such as 100000000001',
        zh: '账号的 UIN：纯数字，例如 100000000001',
      })
  }
  const site = choice('site')
  const region = get('region') || (site === 'china' ? 'ap-guangzhou' : 'ap-singapore')
  if (!/^[a-z]{2,4}(-[a-z0-9]+)+$/.test(region)) {
    wrong('region', quote(region), { en: 'a region of STS, such as ap-guangzhou', zh: 'STS 的地域，例如 ap-guangzhou' })
  }
  const endpoint = parseEndpoint(reader, site, signIn)
  const language = choice('language')
  return { signIn, allowedAccounts, region, site, endpoint, language }
}

/** `endpoint`. Unlike a signature, an OIDC token can be replayed at the real STS by its receiver. */
const parseEndpoint = ({ get, wrong }: Reader, site: Site, { kind }: SignIn): string | undefined => {
  const endpoint = get('endpoint')
  if (endpoint === '') return undefined
  const seen = isPlainEndpoint(endpoint) ? quote(endpoint) : { en: 'a value (not shown)', zh: '一个值（未显示）' }
  const fault = endpointFault(endpoint)
  if (fault !== undefined) wrong('endpoint', seen, fault)
  else if (kind === 'oidc' && isForeign(endpointOf(site, endpoint)('sts'))) {
    wrong('endpoint', seen, {
      en: 'a host of *.tencentcloudapi.com, because the OIDC token of the job is sent only there (a key may be used with other hosts)',
      zh: '*.tencentcloudapi.com 下的地址：作业的 OIDC 令牌只发送到这里（使用密钥时可以是其他地址）',
    })
  }
  return endpoint
}

const parseWaiting = (reader: Reader): Pick<SiteOptions, 'waitFor' | 'connectTo' | 'rollback' | 'oldCertificates'> => {
  const { get, wrong, choice, flag } = reader
  const waitFor = choice('wait-for')
  const connectTo = parseConnectTo(reader)
  if (connectTo !== 'dns' && waitFor !== 'served')
    wrong('connect-to', quote(get('connect-to')), {
      en: 'nothing without wait-for: served',
      zh: '空：仅在 wait-for: served 时使用',
    })
  const rollback = flag('rollback')
  const oldCertificates = choice('old-certificates')
  if (oldCertificates !== 'keep' && waitFor === 'accepted') {
    wrong('old-certificates', inBoth(oldCertificates), {
      en: 'keep: old certificates are retired only after verification, and wait-for: accepted verifies nothing',
      zh: 'keep：旧证书只在验证通过后处理，而 wait-for: accepted 不做任何验证',
    })
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
  wrong('connect-to', quote(text), {
    en: 'cname, or a host or an IP address, with the port if it is not 443, such as 203.0.113.7:8443',
    zh: 'cname、主机名或 IP 地址；端口不是 443 时须写明，例如 203.0.113.7:8443',
  })
  return 'dns'
}
