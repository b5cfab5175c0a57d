/** The two sites of Tencent Cloud: accounts, keys and certificates of one do not exist on the other. */
export const siteNames = ['china', 'international'] as const
export type Site = (typeof siteNames)[number]

/** The domain of a site's API hosts (reference 6), its console, and its name in a sentence. */
export const sites: Readonly<Record<Site, { readonly api: string; readonly console: string; readonly name: string }>> =
  {
    china: { api: 'tencentcloudapi.com', console: 'https://console.cloud.tencent.com', name: 'China' },
    international: {
      api: 'intl.tencentcloudapi.com',
      console: 'https://console.tencentcloud.com',
      name: 'international',
    },
  }
