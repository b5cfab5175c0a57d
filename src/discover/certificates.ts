import { type Certificate, type Pair, provisional } from '../model/certificate.ts'
import type { Selected } from '../model/host.ts'
import { wasRead } from '../model/host.ts'
import { isForbidden, ownProblem, type Problem, toProblem } from '../model/problem.ts'
import { idsOf, type Setting } from '../model/setting.ts'
import type { Site } from '../model/site.ts'
import type { Spec } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { type Duplicate, findDuplicate, lookalikeIn } from '../tencent/ssl.ts'
import { type DefaultCertificate, readDefaultCertificates } from '../tencent/zones.ts'
import type { Text } from '../util/language.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'
import { day, list, listed, listedTexts } from '../util/text.ts'
import { chooseNewest, newestFor } from './newest.ts'

/** The certificates to deploy, and what is known about them before anything is uploaded. */
export interface Brought {
  /** In the order of the source; those from PEM have provisional IDs. */
  readonly certificates: readonly Certificate[]
  /** The setting to bind; with provisional IDs for PEM that is not uploaded yet. */
  readonly setting: Setting
  /** Earlier uploads of PEM, in the order of the pairs; undefined where there is none. */
  readonly duplicates: readonly (Duplicate | 'unknown' | undefined)[]
  /** False if the key may not read certificates in SSL Certificate Service. */
  readonly sslReadable: boolean
}

/**
 * The certificates of the source, with what SSL Certificate Service, or EdgeOne for the site's default certificate, returns about them. A
 * read that is not permitted is a warning. Throws `Certificate.NoDefault`, or the Problem of a call.
 */
export const readSource = async (context: Context, spec: Spec, zoneId: string): Promise<Brought> => {
  const { source } = spec
  switch (source.kind) {
    case 'pem':
      return readPairs(context, spec, source.pairs)
    case 'ids':
      return readIds(context, source.ids)
    case 'default':
      return readDefault(context, spec, zoneId)
    case 'newest':
      // Started now, because the choice needs the hosts. A failure is thrown by `readNewest`.
      context.shared.usable().catch(() => undefined)
      return nothing
    case 'mode':
      return { ...nothing, setting: { mode: source.mode } }
    default:
      return source satisfies never
  }
}

/** Without a certificate. */
const nothing: Brought = { certificates: [], setting: { mode: 'default' }, duplicates: [], sslReadable: true }

/**
 * The newest certificates of the account for the chosen hosts. The setting has all of them; each host gets those of its algorithms. Throws
 * `Certificate.NoneFound`, or the Problem of a call.
 */
export const readNewest = async (
  { shared, clock }: Context,
  { hosts }: { readonly hosts: readonly Selected[] },
): Promise<Brought & { readonly reasons: readonly Text[] }> => {
  if (hosts.length === 0) return { ...nothing, reasons: [] }
  const names = hosts.map(({ name }) => name)
  const usable = await shared.usable()
  const all = chooseNewest(usable, names, clock.now())
  const certificates = all.map(({ certificate }) => certificate)
  // Only those of algorithms that some host has.
  const known = new Map(usable.map((one) => [one.id, one]))
  const settings = hosts.flatMap((host) => newestFor(certificates, host, known) ?? [])
  const used = new Set(settings.flatMap(idsOf))
  const chosen = all.filter(({ certificate: { id } }) => used.has(id))
  const [first, ...more] = isNonEmpty(chosen) ? chosen : all
  return {
    ...{ ...nothing, setting: settingOf([first.certificate, ...more.map(({ certificate }) => certificate)]) },
    certificates: [first, ...more].map(({ certificate }) => certificate),
    reasons: [first, ...more].map(({ reason }) => reason),
  }
}

const settingOf = ([first, ...more]: NonEmpty<{ readonly id: string }>): Setting => ({
  mode: 'sslcert',
  ids: [first.id, ...more.map(({ id }) => id)],
})

/**
 * Looks for earlier uploads of the certificates, whose keys need not be sent again. The others with their names, which hosts are likely to
 * have, are read at the same time: if their algorithms are needed, that would otherwise take another round trip.
 */
const readPairs = async (context: Context, { site, keepOther }: Spec, pairs: NonEmpty<Pair>): Promise<Brought> => {
  const { shared } = context
  const subjects = new Set(pairs.map(({ subject }) => subject))
  const likely = keepOther && site === 'china' ? [...subjects].map((subject) => shared.search(subject)) : []
  const looks = pairs.map((pair) => shared.duplicate(pair.sha256, () => lookForDuplicate(context, site, pair)))
  // A refusal to list them is met again, and told, where they are needed.
  const [duplicates] = await Promise.all([Promise.all(looks), Promise.allSettled(likely)])
  const [first, ...more] = pairs
  const certificates = [provisional(first), ...more.map(provisional)] as const
  return { certificates, setting: settingOf(certificates), duplicates, sslReadable: true }
}

const lookForDuplicate = async ({ call, shared }: Context, site: Site, pair: Pair) => {
  try {
    if (site === 'china') return await findDuplicate(call, site, pair)
    const id = lookalikeIn(await shared.search(pair.subject), pair)
    return id === undefined ? undefined : { id, isCertain: false }
  } catch (thrown) {
    const problem = toProblem(thrown)
    // The upload itself also finds a duplicate.
    if (problem.sent === 'refused') return 'unknown' as const
    throw problem
  }
}

const readIds = async (context: Context, ids: NonEmpty<string>): Promise<Brought> => {
  const found = await readPermitted(context, ids)
  const missing = ids.filter((id) => found !== undefined && !found.some((one) => one.id === id))
  if (missing.length > 0) {
    const { en, zh } = listed(missing, 3)
    context.warn(notChecked, {
      en: `SSL Certificate Service does not list ${en} for this key: the certificate does not exist there, or the key has no access to it. Its names and expiry date were not checked.`,
      zh: `SSL 证书服务未对该密钥列出 ${zh}：证书不存在，或该密钥无权访问。未检查其域名和到期时间。`,
    })
  }
  const certificates = ids.map((id) => found?.find((one) => one.id === id) ?? { id })
  return { certificates, setting: { mode: 'sslcert', ids }, duplicates: [], sslReadable: found !== undefined }
}

const notChecked = { en: 'Certificate not checked', zh: '证书未检查' }

const readDefault = async ({ call, clock }: Context, { apiVersion }: Spec, zoneId: string): Promise<Brought> => {
  const known = { duplicates: [], sslReadable: true }
  if (apiVersion === '2022-01-06') return { certificates: [], setting: { mode: 'default' }, ...known }
  const defaults = await readDefaultCertificates(call, zoneId)
  const usable = defaults.filter(
    ({ status, notAfter }) => (status === undefined || status === 'deployed') && (notAfter ?? Infinity) > clock.now(),
  )
  if (isNonEmpty(usable)) return { certificates: usable, setting: settingOf(usable), ...known }
  throw noDefault(defaults)
}

const noDefault = (defaults: readonly DefaultCertificate[]): Problem => {
  const each = defaults.map(({ id, status, notAfter }): Text => {
    const end = notAfter === undefined ? undefined : day(notAfter)
    return {
      en: `${id} (${status ?? 'unknown'}${end ? `, until ${end}` : ''})`,
      zh: `${id}（${status ?? '状态未知'}${end ? `，有效期至 ${end}` : ''}）`,
    }
  })
  const { en, zh } = each.length === 0 ? { en: 'none at all', zh: '没有任何默认证书' } : listedTexts(each, 5)
  return ownProblem('Certificate.NoDefault', {
    message: {
      en: `The site has no default certificate that is in effect: ${en}`,
      zh: `站点没有生效的默认证书：${zh}`,
    },
  })
}

/**
 * Reads the other certificates of the hosts in SSL Certificate Service, so that those of other algorithms can be kept: `SignAlgo` in EdgeOne
 * may differ from the algorithm of the key. If the key may not read them, `SignAlgo` is used.
 */
export const readAlgorithms = async (
  context: Context,
  selected: readonly Selected[],
  brought: readonly string[],
): Promise<readonly Certificate[]> => {
  const others = selected
    .filter(wasRead)
    .filter(({ mode }) => mode === undefined || mode === 'sslcert')
    .flatMap(({ certificates }) => certificates)
    .filter(({ id, type }) => type !== 'default' && !brought.includes(id))
  const ids = [...new Set(others.map(({ id }) => id))]
  const unknown = others.filter(({ algorithm }) => algorithm === undefined).map(({ id }) => id)
  return ids.length === 0 ? [] : ((await readPermitted(context, ids, [...new Set(unknown)])) ?? [])
}

/** `needed`: certificates without another source of facts. If there are none, a read that is not permitted causes no warning. */
const readPermitted = async (
  { shared, warn, log }: Context,
  ids: readonly string[],
  needed: readonly string[] = ids,
): Promise<readonly Certificate[] | undefined> => {
  try {
    return await shared.certificates(ids)
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!isForbidden(problem)) throw problem
    const { code } = problem
    const refused = {
      en: `This key may not read certificates in SSL Certificate Service (${code})`,
      zh: `该密钥无权读取 SSL 证书服务中的证书（${code}）`,
    }
    if (needed.length === 0) {
      log.info(`${refused.en}. The algorithms of ${list(ids, 3)} are taken from EdgeOne.`)
      return undefined
    }
    const { en, zh } = listed(needed, 3)
    warn(notChecked, {
      en: `${refused.en}; allow ssl:DescribeCertificates. The names, the algorithm and the expiry of ${en} are unknown.`,
      zh: `${refused.zh}，请授予 ssl:DescribeCertificates 权限。${zh} 的域名、算法和到期时间未知。`,
    })
    return undefined
  }
}
