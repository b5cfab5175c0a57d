/** What a feature calls. Actions are `<service>:<action>`, as CAM names them. */
export interface Feature {
  /** The feature, in Markdown. */
  readonly name: string
  /** Without these, it does not work. */
  readonly needs: readonly string[]
  /** It works without these, but less well. */
  readonly helps?: readonly string[]
  /** What is lost without them, or anything else that a reader must know. */
  readonly note?: string
}

const inventory = ['ssl:CreateCertificateBindResourceSyncTask', 'ssl:DescribeCertificateBindResourceTaskResult']

/** The permissions of each feature, for docs/oidc.md. A test holds them against the calls of a run. */
export const features = {
  always: {
    name: 'any deployment, here by `cert-id`',
    needs: ['teo:DescribeAccelerationDomains', 'teo:ModifyHostsCertificate'],
    helps: ['ssl:DescribeCertificates'],
    note: 'without it, the certificate is not checked, and a host is refused if it is unclear which of its certificates would be replaced',
  },
  'dry-run': {
    name: '`dry-run: true`',
    needs: ['teo:DescribeAccelerationDomains'],
    helps: ['ssl:DescribeCertificates'],
    note: 'instead of the row above: nothing that writes',
  },
  pem: {
    name: '`certificate`, `private-key` (PEM)',
    needs: ['ssl:UploadCertificate'],
    helps: ['ssl:CheckCertificateExist'],
    note: 'China site only: without it, the private key of a certificate that was uploaded before is sent again',
  },
  newest: { name: '`cert-id: newest`', needs: ['ssl:DescribeCertificates'] },
  default: { name: '`cert-id: default`', needs: ['teo:DescribeDefaultCertificates'] },
  'zone-name': { name: '`zone-name`', needs: ['teo:DescribeZones'], note: 'on all sites: `*`' },
  auto: { name: '`zone-name: auto`', needs: ['teo:DescribeZones'], note: 'on all sites: `*`' },
  'many-sites': {
    name: 'several IDs in `zone-id` with `match: exact`',
    needs: ['teo:DescribeZones'],
    note: 'and the rows above for each site; of a manifest, for each account',
  },
  mute: {
    name: '`old-certificates: mute`',
    needs: [...inventory, 'ssl:ModifyCertificatesExpiringNotificationSwitch'],
    note: 'also `ssl:DescribeCertificates`. Without the first two, old certificates are kept',
  },
  delete: {
    name: '`old-certificates: delete`, China site',
    needs: [...inventory, 'ssl:DeleteCertificates', 'ssl:DescribeDeleteCertificatesTaskResult'],
    note: 'also `ssl:DescribeCertificates`. Without the first two, old certificates are kept',
  },
  'delete-abroad': {
    name: '`old-certificates: delete`, international site',
    needs: [...inventory, 'ssl:DeleteCertificate'],
    helps: ['ssl:DescribeDeleteCertificatesTaskResult'],
    note: 'the result of a deletion that takes time. Also `ssl:DescribeCertificates`',
  },
  account: { name: '`allowed-account-ids`', needs: ['sts:GetCallerIdentity'] },
  'role-by-key': {
    name: '`role-arn` with a key',
    needs: ['sts:AssumeRole'],
    note: 'for the user of the key, on the role; all other rows are for the role',
  },
  'role-by-oidc': {
    name: '`role-arn` with `oidc-provider`',
    needs: ['sts:AssumeRoleWithWebIdentity'],
    note: 'in the trust policy of the role, not in a permission policy',
  },
  old: {
    name: '`api-version: 2022-01-06`',
    needs: ['teo:DescribeHostsCertificate'],
  },
  audit: {
    name: 'the audit (`audit/`)',
    needs: ['teo:DescribeAccelerationDomains'],
    helps: ['teo:DescribeZones', 'ssl:DescribeCertificates', 'teo:DescribeHostCertificates'],
    note: '`zone-name`, which includes `zone-name: all`; what SSL Certificate Service knows of a certificate; Pages sites. Instead of the first row: nothing that writes',
  },
  pages: { name: 'a Pages (Makers) site', needs: ['teo:DescribeHostCertificates'] },
} as const satisfies Readonly<Record<string, Feature>>

const cell = (actions: readonly string[] = []): string => actions.map((action) => `\`${action}\``).join(', ') || '–'

/** The table of docs/oidc.md. */
export const permissionTable: readonly string[] = [
  '| feature | needs | helps | |',
  '| --- | --- | --- | --- |',
  ...Object.values<Feature>(features).map(
    ({ name, needs, helps, note = '' }) => `| ${name} | ${cell(needs)} | ${cell(helps)} | ${note} |`,
  ),
]
