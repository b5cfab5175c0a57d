import * as core from '@actions/core'
import type { ClientConfig } from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/interface.js'

interface Teo {
  DescribeAccelerationDomains(request: {
    ZoneId: string
    Filters: { Name: string; Values: string[] }[]
  }): Promise<{ AccelerationDomains?: { DomainName?: string; Certificate?: { List?: { CertId?: string }[] } }[] }>
  ModifyHostsCertificate(request: {
    ZoneId: string
    Hosts: string[]
    Mode: string
    ServerCertInfo: { CertId: string }[]
  }): Promise<{ RequestId?: string }>
}
interface Ssl {
  UploadCertificate(request: {
    CertificatePublicKey: string
    CertificatePrivateKey: string
    Repeatable: boolean
  }): Promise<{ CertificateId?: string }>
  DescribeCertificates(request: { CertIds: string[] }): Promise<{ Certificates?: { Status?: number }[] }>
}
type Client<T> = new (config: ClientConfig) => T

/** The SDK takes a proxy by its profile only, and opens a connection for each call, with a proxy or without. */
export const config = (): ClientConfig => ({
  credential: { secretId: core.getInput('secret-id'), secretKey: core.getInput('secret-key') },
  region: '',
  profile: { httpProfile: { proxy: process.env['HTTPS_PROXY'] ?? '' } },
})
const ZoneId = core.getInput('zone-id')
export const hosts = core.getInput('hosts').split(',')

export const read = async (teo: Pick<Teo, 'DescribeAccelerationDomains'>) => {
  const { AccelerationDomains = [] } = await teo.DescribeAccelerationDomains({
    ZoneId,
    Filters: [{ Name: 'domain-name', Values: hosts }],
  })
  if (AccelerationDomains.length < hosts.length) throw new Error('a host is missing')
  return AccelerationDomains
}

export type Read = Awaited<ReturnType<typeof read>>

const modify = async (teo: Teo, domains: Read, CertId = '') => {
  const due = domains.filter(({ Certificate }) => Certificate?.List?.every((one) => one.CertId !== CertId) ?? true)
  if (due.length === 0) return
  const Hosts = due.map(({ DomainName = '' }) => DomainName)
  const ServerCertInfo = [{ CertId }]
  const { RequestId } = await teo.ModifyHostsCertificate({ ZoneId, Hosts, Mode: 'sslcert', ServerCertInfo })
  core.setOutput('request-id', RequestId)
}

/** Reads the host and binds a certificate by its ID. */
export const bind = async (Teo: Client<Teo>): Promise<void> => {
  const teo = new Teo(config())
  await modify(teo, await read(teo), core.getInput('cert-id'))
}

/** The same, and reads the certificate beside the host. */
export const bindChecked = async (Teo: Client<Teo>, Ssl: Client<Ssl>): Promise<void> => {
  const [teo, ssl] = [new Teo(config()), new Ssl(config())]
  const id = core.getInput('cert-id')
  const [domains, { Certificates = [] }] = await Promise.all([read(teo), ssl.DescribeCertificates({ CertIds: [id] })])
  if (Certificates[0]?.Status !== 1) throw new Error('not valid')
  await modify(teo, domains, id)
}

const upload = async (ssl: Ssl): Promise<string | undefined> => {
  const { CertificateId } = await ssl.UploadCertificate({
    CertificatePublicKey: core.getInput('certificate'),
    CertificatePrivateKey: core.getInput('private-key'),
    Repeatable: false,
  })
  return CertificateId
}

/** Reads the hosts, uploads the certificate, binds it. */
export const uploadAndBind = async (Teo: Client<Teo>, Ssl: Client<Ssl>): Promise<void> => {
  const teo = new Teo(config())
  const domains = await read(teo)
  await modify(teo, domains, await upload(new Ssl(config())))
}

/** The same, but uploads before it is known that the hosts exist. */
export const uploadWhileReading = async (Teo: Client<Teo>, Ssl: Client<Ssl>): Promise<void> => {
  const teo = new Teo(config())
  const [domains, id] = await Promise.all([read(teo), upload(new Ssl(config()))])
  await modify(teo, domains, id)
}
