import { hasCode, toProblem } from '../model/problem.ts'
import type { Site } from '../model/site.ts'
import { listOf, numberOf, textOf, textsOf } from '../util/json.ts'
import { inBoth, type Text } from '../util/language.ts'
import type { Call } from './client.ts'
import type { Answer } from './response.ts'
import { readCertificates, sslApi } from './ssl.ts'

/** Maximum number of certificates muted in one call (SDK, ModifyCertificatesExpiringNotificationSwitch). */
export const maxMuted = 50

/** Switches off the expiry emails of certificates. Throws the Problem of the call. */
export const muteCertificates = (call: Call, ids: readonly string[]): Promise<void> =>
  call(sslApi('ModifyCertificatesExpiringNotificationSwitch'), { CertificateIds: ids, SwitchStatus: 1 }, done)

/** For an answer without content. */
const done = (): void => undefined

/** State of a deletion: done, in progress, or the reason for which it was refused. */
export type Deletion = 'gone' | 'in progress' | { readonly refused: Text }

/** Reads the state of a deletion. Throws the Problem of a call. */
export type AskDeletion = () => Promise<Deletion>

/**
 * Requests the deletion of a certificate, with the service's own check for bindings: without it, a certificate in use would be deleted.
 * Calls DeleteCertificates on the China site, and DeleteCertificate on the international site, which lacks the former (reference 3.4, 3.5).
 * Returns a function that reads the state of the deletion. Throws the Problem of a call.
 */
export const deleteCertificate = async (call: Call, site: Site, id: string): Promise<AskDeletion> => {
  const begun = await (site === 'international' ? beginOne(call, id) : beginMany(call, id))
  if (typeof begun !== 'object' || 'refused' in begun) return async () => begun
  return askTask(call, begun.task, id)
}

const noReason = { en: 'no reason was given', zh: '未说明原因' }

const said = (text: string | undefined): Text | undefined => (text === undefined ? undefined : inBoth(text))

type Begun = Deletion | { readonly task: string }

const beginOne = (call: Call, id: string): Promise<Begun> =>
  call(sslApi('DeleteCertificate'), { CertificateId: id, IsCheckResource: true }, ({ response }): Begun => {
    const task = textOf(response['TaskId'])
    if (response['DeleteResult'] === true) return 'gone'
    return task === undefined ? { refused: noReason } : { task }
  })

const beginMany = (call: Call, id: string): Promise<Begun> =>
  call(sslApi('DeleteCertificates'), { CertificateIds: [id], IsSync: true }, ({ response }): Begun => {
    const [failed] = listOf(response['Fail'])
    const task = listOf(response['CertTaskIds']).map((item) => textOf(item['TaskId']))[0]
    if (failed !== undefined) return { refused: said(textOf(failed['Msg'])) ?? noReason }
    if (task !== undefined) return { task }
    return textsOf(response['Success']).includes(id)
      ? 'gone'
      : { refused: { en: 'no task was given', zh: '未返回任务' } }
  })

/**
 * Reads the state of a task with DescribeDeleteCertificatesTaskResult. The international definition lacks this action: if it does not exist,
 * looks for the certificate instead.
 */
const askTask = (call: Call, task: string, id: string): AskDeletion => {
  let exists = true
  return async () => {
    if (!exists) return isListed(call, id)
    try {
      const read = (answer: Answer) => deletionIn(answer, task)
      return await call(sslApi('DescribeDeleteCertificatesTaskResult'), { TaskIds: [task] }, read)
    } catch (thrown) {
      if (!hasCode(toProblem(thrown), 'InvalidAction')) throw thrown
      exists = false
      return isListed(call, id)
    }
  }
}

/** Whether a certificate still exists, for deletions whose outcome the answer does not give. Throws the Problem of the call. */
export const isListed = async (call: Call, id: string): Promise<'gone' | 'in progress'> =>
  (await readCertificates(call, [id])).length === 0 ? 'gone' : 'in progress'

/** A task that is not listed yet or has no status counts as in progress. */
const deletionIn = ({ response }: Answer, task: string): Deletion => {
  const items = listOf(response['DeleteTaskResult'])
  const item = items.find(({ TaskId }) => TaskId === task) ?? {}
  const status = numberOf(item['Status'])
  if (status === undefined || status === 0) return 'in progress'
  if (status === 1) return 'gone'
  const other = { en: `status ${status}`, zh: `状态 ${status}` }
  return { refused: said(textOf(item['Error'])) ?? taskFailures[status] ?? other }
}

/** `Status` of a failed deletion task (reference 3.5). */
const taskFailures: Readonly<Record<number, Text>> = {
  2: { en: 'the task failed', zh: '任务失败' },
  3: {
    en: 'the service role SSL_QCSLinkedRoleInReplaceLoadCertificate was not authorised',
    zh: '未授权服务角色 SSL_QCSLinkedRoleInReplaceLoadCertificate',
  },
  4: { en: 'it is still bound to a cloud resource', zh: '仍绑定了云资源' },
  5: { en: 'the query for its bindings timed out', zh: '查询其绑定的资源超时' },
}
