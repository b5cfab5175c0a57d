import type { ClientConfig } from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/interface.js'

const { env } = process

interface Teo {
  DescribeAccelerationDomains(request: {
    ZoneId: string
    Filters: { Name: string; Values: string[] }[]
  }): Promise<{ AccelerationDomains?: { Certificate?: { List?: { CertId?: string }[] } }[] }>
  ModifyHostsCertificate(request: {
    ZoneId: string
    Hosts: string[]
    Mode: string
    ServerCertInfo: { CertId: string }[]
  }): Promise<{ RequestId?: string }>
}

/** Reads the host and binds, by the official SDK. It takes a proxy by its profile only. */
export const bind = async (Client: new (config: ClientConfig) => Teo): Promise<string | undefined> => {
  const credential = { secretId: env['INPUT_SECRET-ID'] ?? '', secretKey: env['INPUT_SECRET-KEY'] ?? '' }
  const client = new Client({ credential, region: '', profile: { httpProfile: { proxy: env['HTTPS_PROXY'] ?? '' } } })
  const { AccelerationDomains = [] } = await client.DescribeAccelerationDomains({
    ZoneId: env['INPUT_ZONE-ID'] ?? '',
    Filters: [{ Name: 'domain-name', Values: [env['INPUT_HOSTS'] ?? ''] }],
  })
  if (AccelerationDomains[0]?.Certificate?.List?.[0]?.CertId === env['INPUT_CERT-ID']) return undefined
  const answer = await client.ModifyHostsCertificate({
    ZoneId: env['INPUT_ZONE-ID'] ?? '',
    Hosts: [env['INPUT_HOSTS'] ?? ''],
    Mode: 'sslcert',
    ServerCertInfo: [{ CertId: env['INPUT_CERT-ID'] ?? '' }],
  })
  return answer.RequestId
}
