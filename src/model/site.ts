/** The two sites of Tencent Cloud: accounts, keys and certificates of one do not exist on the other. */
export const siteNames = ['china', 'international'] as const
export type Site = (typeof siteNames)[number]

interface SiteFacts {
  /** The domain of its API hosts (reference 6). */
  readonly api: string
  /** Its name in a sentence. */
  readonly name: string
  /** Where its console shows a zone and a certificate; the list of them where no address of a single one is known. */
  readonly zonePage: (id: string) => string
  readonly certificatePage: (id: string) => string
}

export const sites: Readonly<Record<Site, SiteFacts>> = {
  china: {
    api: 'tencentcloudapi.com',
    name: 'China',
    zonePage: () => 'https://console.cloud.tencent.com/edgeone/zones',
    certificatePage: (id) => `https://console.cloud.tencent.com/ssl/detail/${id}`,
  },
  international: {
    api: 'intl.tencentcloudapi.com',
    name: 'international',
    zonePage: (id) => `https://console.tencentcloud.com/edgeone/zones/detail/${id}/overview`,
    certificatePage: () => 'https://console.tencentcloud.com/ssl',
  },
}
