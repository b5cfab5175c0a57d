import type { StepRun } from './runner.ts'

interface Found {
  readonly finding: string
  readonly certificates: readonly string[]
}

interface AuditDocument {
  readonly ok: boolean
  readonly error?: { readonly code: string }
  readonly sites: readonly {
    readonly account?: string
    readonly zoneId?: string
    readonly zoneName?: string
    readonly findings: readonly Found[]
    readonly hosts: readonly {
      readonly host: string
      readonly served: readonly { readonly algorithm?: string }[]
      readonly findings: readonly Found[]
    }[]
    readonly skipped: readonly { readonly host: string; readonly status: string }[]
  }[]
}

export const auditDocumentOf = ({ document }: Pick<StepRun, 'document'>): AuditDocument => JSON.parse(document)

const foundText = (all: readonly Found[]): string =>
  all.length === 0 ? 'fine' : all.map(({ finding, certificates }) => [finding, ...certificates].join(' ')).join(', ')

/** What a reviewer needs to see of the document of an audit: the findings of each host, and the algorithms that were seen. */
export const auditDigest = (run: Pick<StepRun, 'document'>): string[] => {
  const { ok, error, sites } = auditDocumentOf(run)
  return [
    `ok ${ok}${error === undefined ? '' : `, ${error.code}`}`,
    ...sites.flatMap(({ account, zoneId, zoneName, findings, hosts, skipped }) => [
      `${[account, zoneName, zoneId].filter(Boolean).join(' ')}: ${foundText(findings)}`,
      ...hosts.map((one) => {
        const seen = one.served.map(({ algorithm }) => algorithm ?? '?').join(' + ') || 'nothing'
        return `  ${one.host}: ${foundText(one.findings)}; saw ${seen}`
      }),
      ...skipped.map(({ host, status }) => `  ${host}: skipped, ${status}`),
    ]),
  ]
}
