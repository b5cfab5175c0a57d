import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../util/json.ts'
import { inBoth, type Text } from '../util/language.ts'
import type { Call } from './client.ts'
import type { Context } from './context.ts'
import { poll } from './poll.ts'
import { sslApi } from './ssl.ts'

/** Maximum number of certificates in one call, and of tasks in one query (SDK, CreateCertificateBindResourceSyncTask). */
export const maxInventoried = 100

/** The bindings of a certificate in the inventory of SSL Certificate Service. */
export type Bindings =
  /** Number of resources by product, such as `clb`, `cdn`, `teo`; products without any are absent. */
  | { readonly counts: ReadonlyMap<string, number> }
  /** Why the bindings are unknown: the inventory is missing, or lacks a product or region. */
  | { readonly unknown: Text }

/**
 * Reads the bindings of certificates in all products and regions. Calls CreateCertificateBindResourceSyncTask, bypassing its 30-minute cache,
 * then polls DescribeCertificateBindResourceTaskResult until no task is running. Both exist on both sites. Throws the Problem of a call.
 */
export const readBindings = async (
  context: Pick<Context, 'call' | 'clock' | 'signal'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Bindings>> => {
  const { call } = context
  const tasks = await call(
    sslApi('CreateCertificateBindResourceSyncTask'),
    { CertificateIds: ids, IsCache: 0 },
    ({ response }) =>
      new Map(
        listOf(response['CertTaskIds']).flatMap((item): [string, string][] => {
          const [task, id] = [textOf(item['TaskId']), textOf(item['CertId'])]
          return task === undefined || id === undefined || !ids.includes(id) ? [] : [[task, id]]
        }),
      ),
  )
  const found = new Map<string, Bindings>(
    ids.map((id) => [id, { unknown: { en: 'it returned no task', zh: '它未返回任务' } }]),
  )
  let open = [...tasks.keys()]
  const readOpen = async (): Promise<void> => {
    for (const [task, bindings] of await ask(call, open)) {
      const id = tasks.get(task)
      if (id === undefined || bindings === undefined) continue
      found.set(id, bindings)
      open = open.filter((one) => one !== task)
    }
  }
  const isDone = () => open.length === 0
  if (!isDone()) await poll(context, readOpen, isDone)
  const late = { en: 'it did not finish within two minutes', zh: '查询在两分钟内未完成' }
  for (const task of open) found.set(tasks.get(task) ?? '', { unknown: late })
  return found
}

/** The result of each task; undefined while it is running. */
const ask = (call: Call, tasks: readonly string[]): Promise<readonly (readonly [string, Bindings | undefined])[]> =>
  call(sslApi('DescribeCertificateBindResourceTaskResult'), { TaskIds: tasks }, ({ response }) =>
    listOf(response['SyncTaskBindResourceResult']).map(
      (item) => [textOf(item['TaskId']) ?? '', bindingsIn(item)] as const,
    ),
  )

const bindingsIn = (item: Fields): Bindings | undefined => {
  const status = numberOf(item['Status'])
  if (status !== 1 && status !== 2) return undefined
  const { Code, Message } = fieldsOf(item['Error'])
  const error = [Code, Message].flatMap((part) => textOf(part) ?? []).join(' ')
  if (status === 2) return { unknown: error === '' ? { en: 'its task failed', zh: '查询任务失败' } : inBoth(error) }
  const counts = new Map<string, number>()
  for (const result of listOf(item['BindResourceResult'])) {
    const product = textOf(result['ResourceType']) ?? 'unknown'
    for (const region of listOf(result['BindResourceRegionResult'])) {
      // A region that could not be read may have bindings.
      const failed = textOf(region['Error'])
      const given = numberOf(region['TotalCount'])
      if (failed !== undefined || given === undefined) {
        const { en, zh } = failed === undefined ? { en: 'no number', zh: '没有数量' } : inBoth(failed)
        return { unknown: { en: `${product}: ${en}`, zh: `${product}：${zh}` } }
      }
      const total = (counts.get(product) ?? 0) + given
      if (total > 0) counts.set(product, total)
    }
  }
  return { counts }
}
