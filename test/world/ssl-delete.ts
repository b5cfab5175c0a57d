import { action } from './request.ts'
import { type Account, type Deletion, isBound } from './state.ts'

/** Deleting certificates (reference, 3.4 and 3.5). Without the check for bindings they are deleted at once, even if in use. */

const begin = ({ deletions }: Account, certificate: string, untold: boolean): string => {
  const id = String(1001 + deletions.size)
  deletions.set(id, { certificate, untold, asked: 0 })
  return id
}

/** Ends a deletion: 1 gone, 3 without the role, 4 still bound, or what the test sets. */
const end = (account: Account, deletion: Deletion): number => {
  const { certificate } = deletion
  const status = account.deleteStatus ?? (account.roleMissing ? 3 : isBound(account, certificate) ? 4 : 1)
  if (status === 1) account.certificates.delete(certificate)
  if (status !== 0) deletion.status = status
  return status
}

/** The international site does not report deletions: the certificate is still listed once, then no longer. */
export const endUntold = (account: Account, listed: readonly string[]): void => {
  for (const deletion of account.deletions.values()) {
    if (deletion.untold && deletion.status === undefined && listed.includes(deletion.certificate))
      end(account, deletion)
  }
}

interface DeleteMany {
  readonly CertificateIds: readonly string[]
  readonly IsSync?: boolean
}

export const deleteCertificates = action<DeleteMany>(
  { '2019-12-05': { 'CertificateIds!': ['string'], IsSync: 'boolean' } },
  (account, { CertificateIds, IsSync = false }, _, site) => {
    if (site !== 'china') return ['InvalidAction', 'The action DeleteCertificates does not exist.']
    if (CertificateIds.length > 100) {
      return ['FailedOperation.CertificateSyncTaskCertificateIdCountInvalid', '证书操作参数无效，证书ID数量超过100。']
    }
    const known = CertificateIds.filter((id) => account.certificates.has(id))
    if (!IsSync) for (const id of known) account.certificates.delete(id)
    return {
      Success: IsSync ? [] : known,
      Fail: CertificateIds.filter((id) => !known.includes(id)).map((CertId) => ({ CertId, Msg: '证书不存在。' })),
      CertTaskIds: IsSync ? known.map((CertId) => ({ CertId, TaskId: begin(account, CertId, false) })) : [],
    }
  },
)

export const describeDeleteCertificatesTaskResult = action<{ readonly TaskIds: readonly string[] }>(
  { '2019-12-05': { 'TaskIds!': ['string'] } },
  (account, { TaskIds }, _, site) => {
    if (site !== 'china' && !account.tasksAbroad) {
      return ['InvalidAction', 'The action DescribeDeleteCertificatesTaskResult does not exist.']
    }
    const found = TaskIds.flatMap((id) => account.deletions.get(id) ?? [])
    if (TaskIds.length > 100 || found.length < TaskIds.length) return ['FailedOperation', '操作失败。']
    return {
      DeleteTaskResult: found.flatMap((deletion, index) => {
        deletion.asked += 1
        if (deletion.asked <= account.unlistedTasks) return []
        const isFirst = deletion.asked === account.unlistedTasks + 1
        const status = deletion.status ?? (isFirst ? 0 : end(account, deletion))
        return {
          TaskId: TaskIds[index],
          CertId: deletion.certificate,
          Status: status,
          Error: '',
          CacheTime: '',
          Domains: [],
        }
      }),
    }
  },
)

interface DeleteOne {
  readonly CertificateId: string
  readonly IsCheckResource?: boolean
}

export const deleteCertificate = action<DeleteOne>(
  { '2019-12-05': { 'CertificateId!': 'string', IsCheckResource: 'boolean' } },
  (account, { CertificateId, IsCheckResource = false }, _, site) => {
    if (!account.certificates.has(CertificateId)) {
      return ['FailedOperation.CertificateNotFound', 'The certificate does not exist.']
    }
    if (!IsCheckResource) return { DeleteResult: account.certificates.delete(CertificateId), TaskId: '' }
    if (account.roleMissing) {
      return ['FailedOperation.RoleNotFoundAuthorization', 'The role does not exist. Please authorize the role first.']
    }
    return {
      DeleteResult: false,
      TaskId: begin(account, CertificateId, site === 'international' && !account.tasksAbroad),
    }
  },
)
