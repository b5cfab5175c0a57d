// The whole official SDK, by ID or from PEM, doing the same work as this action: the same calls, side by side where the action makes them
// side by side, the same checks, outputs and a job summary.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import * as core from '@actions/core'
import tencentcloud from 'tencentcloud-sdk-nodejs'
import { config, hosts, type Read, read } from './sdk.ts'

const teo = new tencentcloud.teo.v20220901.Client(config())
const ssl = new tencentcloud.ssl.v20191205.Client(config())
const ZoneId = core.getInput('zone-id')
const domainOf = (pattern: string) => new RegExp(`^${pattern.replaceAll('.', '\\.').replace('*', '[^.]+')}$`)

const listed = async (CertIds: string[]) => {
  const { Certificates = [] } = await ssl.DescribeCertificates({ CertIds })
  return new Map(Certificates.map((one) => [one.CertificateId, one]))
}

/** The other certificates of the hosts, whose algorithms decide whether they are kept. */
const others = (domains: Read, id?: string): string[] => {
  const all = domains.flatMap(({ Certificate }) => Certificate?.List ?? []).flatMap(({ CertId }) => CertId ?? [])
  return [...new Set(all)].filter((one) => one !== id)
}

const byId = async (id: string) => {
  const [domains, certificates] = await Promise.all([read(teo), listed([id])])
  const certificate = certificates.get(id)
  const { Status, CertEndTime = '', SubjectAltName = [], EncryptAlgorithm = '' } = certificate ?? {}
  if (Status !== 1 || new Date(CertEndTime).getTime() < Date.now()) throw new Error('not valid')
  const covers = (host: string) => SubjectAltName.some((name) => domainOf(name ?? '').test(host))
  if (!hosts.every(covers)) throw new Error('a host is not covered')
  const known = await listed(others(domains, id))
  return { domains, id, algorithm: EncryptAlgorithm, known }
}

const fromPem = async () => {
  const [pem, key] = [core.getInput('certificate'), core.getInput('private-key')]
  const leaf = new X509Certificate(pem)
  if (!leaf.checkPrivateKey(createPrivateKey(key))) throw new Error('the key does not fit')
  if (leaf.validToDate.getTime() < Date.now()) throw new Error('expired')
  if (!hosts.every((host) => leaf.checkHost(host) !== undefined)) throw new Error('a host is not covered')
  const [domains, { RepeatCertId: present }] = await Promise.all([
    read(teo),
    ssl.CheckCertificateExist({ CertificatePublicKey: pem }),
  ])
  const [known, uploaded] = await Promise.all([listed(others(domains)), present || upload(pem, key)])
  return { domains, id: uploaded, algorithm: leaf.publicKey.asymmetricKeyType === 'ec' ? 'ECC' : 'RSA', known }
}

const upload = async (CertificatePublicKey: string, CertificatePrivateKey: string) => {
  const uploaded = await ssl.UploadCertificate({ CertificatePublicKey, CertificatePrivateKey, Repeatable: false })
  return uploaded.CertificateId ?? ''
}

const { domains, id, algorithm, known } = await (core.getInput('certificate') === ''
  ? byId(core.getInput('cert-id'))
  : fromPem())
const family = (text = '') => text.split(' ')[0]
const kept = others(domains, id).filter((one) => family(known.get(one)?.EncryptAlgorithm) !== family(algorithm))
const due = domains.filter(({ Certificate }) => Certificate?.List?.every((one) => one.CertId !== id) ?? true)
const Hosts = due.map(({ DomainName = '' }) => DomainName)
const ServerCertInfo = [id, ...kept].map((CertId) => ({ CertId }))
const { RequestId } = await teo.ModifyHostsCertificate({ ZoneId, Hosts, Mode: 'sslcert', ServerCertInfo })
core.setOutput('request-id', RequestId)
core.setOutput('cert-id', id)
core.setOutput('changed-hosts', Hosts)
const rows = Hosts.map((host) => [host, id, RequestId ?? ''])
await core.summary
  .addHeading('Certificate')
  .addTable([['Host', 'Certificate', 'RequestId'], ...rows])
  .write()
