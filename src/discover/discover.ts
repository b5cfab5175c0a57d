import type { Certificate } from '../model/certificate.ts'
import { whyInactive } from '../model/compare.ts'
import { type Host, type Selected, wasRead } from '../model/host.ts'
import { isForbidden, ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { Spec } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { type HostReader, hostReader } from '../tencent/hosts.ts'
import { bothOf } from '../util/concurrency.ts'
import { sentences, type Text } from '../util/language.ts'
import { count, listed } from '../util/text.ts'
import { type Brought, readNewest, readSource } from './certificates.ts'
import { type Chosen, selectExact, selectListed, selectMatching, unknownHosts } from './select.ts'

/** Everything that is known before planning. */
export interface Found extends Brought, Chosen {
  /** Absent if the site's hosts cannot be listed. */
  readonly reader: HostReader | undefined
  /** Why these certificates were chosen, each as a sentence. */
  readonly reasons?: readonly Text[]
}

/**
 * Reads the certificates to deploy and the hosts in parallel, and selects the hosts. Changes nothing. Throws `Input.…` or
 * `Certificate.…` if the inputs do not fit what was read, or the Problem of a call.
 */
export const discover = async (context: Context, spec: Spec, zoneId: string): Promise<Found> => {
  const reader = hostReader(context.call, spec.apiVersion, zoneId)
  const [read, site] = await bothOf(readSource(context, spec, zoneId), readSite(context, spec, reader))
  const chosen = select(spec, site, read.certificates)
  const brought = spec.source.kind === 'newest' ? await readNewest(context, chosen) : read
  checkCnames(spec, chosen.hosts)
  return { ...brought, ...chosen, reader: site === undefined ? undefined : reader }
}

/** The hosts from which to select. */
interface Site {
  readonly hosts: readonly Host[]
  readonly listed: ReturnType<HostReader['listed']>
}

/** Undefined if the key may not read the hosts. */
const readSite = async (context: Context, { selection }: Spec, reader: HostReader): Promise<Site | undefined> => {
  const { warn, log } = context
  try {
    const hosts = await readHosts(selection, reader)
    const listed = reader.listed()
    if (listed === 'hosts') return { hosts, listed }
    log.info('Read with DescribeHostCertificates: DescribeAccelerationDomains is not permitted for this site.')
    warnOfUnlisted(context, selection, hosts, reader.unlisted())
    // An empty list does not prove that the site has no hosts.
    if (hosts.length > 0 || selection.match !== 'exact') return { hosts, listed }
    const none = {
      en: 'EdgeOne lists no certificates for the hosts of the site (DescribeHostCertificates).',
      zh: 'EdgeOne 未列出站点域名的任何证书（DescribeHostCertificates）。',
    }
    warn(notRead, sentences([none, blind]))
    return undefined
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!isForbidden(problem)) throw problem
    if (selection.match !== 'exact') throw cannotMatch(problem, selection.match)
    const refused = {
      en: `EdgeOne does not allow this key to list the hosts of the site (${problem.code}), nor their certificates (DescribeHostCertificates). Pages (Makers) sites never allow the former; otherwise allow teo:DescribeAccelerationDomains.`,
      zh: `EdgeOne 不允许该密钥列出站点的域名（${problem.code}），也不允许列出其证书（DescribeHostCertificates）。Pages（Makers）站点一律不允许前者；其他站点请授予 teo:DescribeAccelerationDomains 权限。`,
    }
    warn(notRead, sentences([refused, blind]))
    return undefined
  }
}

const notRead = { en: 'Hosts not read', zh: '未能读取域名' }

const blind = {
  en: 'This run cannot tell whether the hosts exist or already have the certificate, keeps no certificate of another algorithm, and ends when EdgeOne has accepted the change.',
  zh: '本次运行无法判断域名是否存在、是否已使用该证书，不会保留其他算法的证书，并在 EdgeOne 接受修改后结束。',
}

/** No way is known to read the next page of DescribeHostCertificates. */
const warnOfUnlisted = (
  { warn }: Context,
  selection: Spec['selection'],
  hosts: readonly Host[],
  unlisted: number,
): void => {
  if (unlisted === 0) return
  const isExact = selection.match === 'exact'
  if (isExact && unknownHosts(selection.hosts, hosts).length === 0) return
  const what = isExact
    ? {
        en: 'If a host in `hosts` is one of them, its certificate of another algorithm is not kept.',
        zh: '如果 `hosts` 中有域名属于这些未列出的域名，则不会保留其上其他算法的证书。',
      }
    : {
        en: 'They are left alone; name them in `hosts` with `match: exact`.',
        zh: '未列出的域名未作处理；如需处理，请设置 `match: exact` 并在 `hosts` 中填写它们。',
      }
  const all = hosts.length + unlisted
  const counts = {
    en: `EdgeOne counts ${count(all, 'host')} with a certificate and lists ${hosts.length}: the others are unknown (DescribeHostCertificates).`,
    zh: `EdgeOne 统计有 ${all} 个域名配置了证书，但只列出 ${hosts.length} 个，其余未知（DescribeHostCertificates）。`,
  }
  warn(notRead, sentences([counts, what]))
}

const readHosts = async (selection: Spec['selection'], reader: HostReader): Promise<readonly Host[]> => {
  if (selection.match !== 'exact') return reader.all()
  if (selection.hosts.length === 0) return []
  const hosts = await reader.these(selection.hosts)
  // All names are needed to suggest one for an unknown host.
  const isComplete = reader.listed() === 'certificates' || unknownHosts(selection.hosts, hosts).length === 0
  return isComplete ? hosts : reader.all()
}

const cannotMatch = (problem: Problem, match: string): Problem =>
  ownProblem('Input.MatchUnreadable', {
    message: {
      en: `match: ${match} needs the list of the site's hosts, but EdgeOne refused it (${problem.code})`,
      zh: `match: ${match} 需要站点的域名列表，但 EdgeOne 拒绝提供（${problem.code}）`,
    },
    requestId: problem.requestId,
    cause: problem,
  })

const select = ({ selection }: Spec, site: Site | undefined, certificates: readonly Certificate[]): Chosen => {
  if (selection.match === 'exact') {
    if (site === undefined) return { hosts: selection.hosts.map((name) => ({ name })), notes: [] }
    return (site.listed === 'hosts' ? selectExact : selectListed)(selection.hosts, site.hosts)
  }
  const nameless = certificates.filter(({ names }) => names === undefined)
  if (selection.match === 'certificate' && (nameless.length > 0 || certificates.length === 0)) {
    const ids = nameless.map(({ id }) => id)
    throw ownProblem('Certificate.NamesUnknown', {
      message: {
        en: `match: certificate needs the names of ${ids.join(', ')}, which are unknown`,
        zh: `match: certificate 需要 ${ids.join('、')} 的域名，但其域名未知`,
      },
    })
  }
  return selectMatching(selection, site?.hosts ?? [], certificates)
}

/** Throws `Input.NoCname` if EdgeOne returns no CNAME to probe: a successful change would be reported as not served. */
const checkCnames = ({ waitFor, connectTo, source, apiVersion }: Spec, hosts: readonly Selected[]): void => {
  if (waitFor !== 'served' || connectTo !== 'cname') return
  if (source.kind === 'mode' && source.mode === 'disable') return
  const without = hosts.filter(
    (host) => !wasRead(host) || (host.cname === undefined && whyInactive(host) === undefined),
  )
  if (without.length === 0) return
  const why =
    apiVersion === '2022-01-06'
      ? { en: 'api-version 2022-01-06 returns no CNAME', zh: 'api-version 2022-01-06 不返回 CNAME' }
      : { en: 'EdgeOne returned no CNAME', zh: 'EdgeOne 未返回 CNAME' }
  const { en, zh } = listed(without, 10, ({ name }) => name)
  throw ownProblem('Input.NoCname', {
    message: {
      en: `connect-to: cname is not possible for ${count(without.length, 'host')}, because ${why.en}: ${en}`,
      zh: `以下 ${without.length} 个域名无法使用 connect-to: cname，因为 ${why.zh}：${zh}`,
    },
  })
}
