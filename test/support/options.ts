import type { SiteOptions } from '../../src/model/spec.ts'

/** Options of a site, as the inputs give them by default. */
export const options: SiteOptions = {
  selection: { match: 'exact', hosts: ['www.example.com'] },
  ifNoHosts: 'error',
  keepOther: true,
  minDaysLeft: 0,
  site: 'china',
  apiVersion: '2022-09-01',
  dryRun: false,
  waitFor: 'deployed',
  connectTo: 'dns',
  rollback: false,
  oldCertificates: 'keep',
}
