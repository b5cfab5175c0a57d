import { action } from './request.ts'
import { boundHosts } from './state.ts'

/** The inventory of what certificates are bound to, on both sites (SDK of each, CreateCertificateBindResourceSyncTask). */

interface Create {
  readonly CertificateIds: readonly string[]
  readonly IsCache?: number
}

export const createCertificateBindResourceSyncTask = action<Create>(
  { '2019-12-05': { 'CertificateIds!': ['string'], IsCache: 'integer' } },
  (account, { CertificateIds, IsCache = 1 }) => {
    if (account.inventoryRefused) return account.inventoryRefused
    if (CertificateIds.length === 0 || CertificateIds.length > 100 || ![0, 1].includes(IsCache)) {
      return ['InvalidParameter', 'The parameter is incorrect.']
    }
    return {
      CertTaskIds: CertificateIds.filter((id) => account.certificates.has(id)).map((CertId) => {
        const TaskId = String(2001 + account.inventories.size)
        account.inventories.set(TaskId, { certificate: CertId, asked: 0 })
        return { CertId, TaskId }
      }),
    }
  },
)

export const describeCertificateBindResourceTaskResult = action<{ readonly TaskIds: readonly string[] }>(
  { '2019-12-05': { 'TaskIds!': ['string'] } },
  (account, { TaskIds }) => {
    const { inventories, certificates, unlistedTasks, inventoryStatus, inventoryFault } = account
    if (TaskIds.length > 100 || !TaskIds.every((id) => inventories.has(id))) return ['FailedOperation', '操作失败。']
    return {
      SyncTaskBindResourceResult: TaskIds.flatMap((TaskId) => {
        const task = inventories.get(TaskId)
        if (task === undefined) return []
        task.asked += 1
        if (task.asked <= unlistedTasks) return []
        const Status = task.asked === unlistedTasks + 1 ? 0 : inventoryStatus
        const CacheTime = '2026-11-24 12:00:00'
        if (Status === 0) return { TaskId, Status, BindResourceResult: null, Error: null, CacheTime: '' }
        if (Status !== 1) {
          const fault = { Code: 'FailedOperation.SystemError', Message: 'A system error occurred.' }
          return { TaskId, Status, BindResourceResult: null, Error: fault, CacheTime }
        }
        const { elsewhere = {} } = certificates.get(task.certificate) ?? {}
        const counts = Object.entries({ clb: 0, teo: boundHosts(account, task.certificate), ...elsewhere })
        const BindResourceResult = counts.map(([ResourceType, TotalCount]) => ({
          ResourceType,
          BindResourceRegionResult: [
            { Region: '', TotalCount, Error: ResourceType === 'clb' ? (inventoryFault ?? '') : '' },
          ],
        }))
        return { TaskId, Status, BindResourceResult, Error: null, CacheTime }
      }),
    }
  },
)
