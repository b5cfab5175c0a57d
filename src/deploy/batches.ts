import type { Binding } from '../model/change.ts'
import { concernsOf, type Problem, toProblem } from '../model/problem.ts'
import { inParallel } from '../util/concurrency.ts'
import { chunksOf, type NonEmpty } from '../util/lists.ts'

/** Hosts that share a call. */
export type Batch = NonEmpty<Binding>

export interface BatchHandlers {
  /** Makes one call for a batch, whose targets are the same. Throws its Problem. */
  readonly send: (batch: Batch) => Promise<void>
  /** Called for a batch whose call failed, and for which no further call is made. */
  readonly failed: (batch: Batch, problem: Problem) => void
}

/** No limit is documented for `Hosts`; other tools send this many, and the culprit in a refused batch of this size is found in few calls. */
export const maxHosts = 100

/** Parallel calls when each has one host; the rate limiter decides how fast they are sent. */
const width = 32

/**
 * Sends the bindings. Hosts with the same target, and the same client and upstream certificates, share a call. A batch whose refusal may
 * concern one host is halved until that host is alone; a refusal that concerns all is thrown, and the other batches are not sent.
 */
export const sendInBatches = async (bindings: readonly Binding[], handlers: BatchHandlers): Promise<void> => {
  const batches = groups(bindings).flatMap((group) => chunksOf(group, maxHosts))
  // Calls for several hosts are sent in turn; calls for one host in parallel.
  for (const batch of batches.filter(({ length }) => length > 1)) await sendBatch(batch, handlers)
  const single = batches.filter(({ length }) => length === 1)
  await inParallel(single, width, (batch) => sendBatch(batch, handlers))
}

/** Bindings that may share a call. */
const groups = (bindings: readonly Binding[]): Binding[][] => {
  const key = ({ before, target }: Binding) => {
    const ids = 'ids' in target ? target.ids.toSorted() : []
    return JSON.stringify([before?.mutualTls ?? {}, target.mode, ids])
  }
  return [...Map.groupBy(bindings, key).values()]
}

const sendBatch = async (batch: Batch, handlers: BatchHandlers): Promise<void> => {
  try {
    await handlers.send(batch)
  } catch (thrown) {
    const problem = toProblem(thrown)
    const whom = concernsOf(problem)
    // The refused certificate may be one that only some hosts keep. If none keeps any, it is one that all hosts get.
    const isForAll = whom === 'all' || (whom === 'certificate' && batch.every(({ keeps }) => keeps.length === 0))
    if (isForAll) {
      handlers.failed(batch, problem)
      throw problem
    }
    if (batch.length === 1 || whom === 'certificate') return handlers.failed(batch, problem)
    if (whom === 'together') return inParallel(batch, width, (binding) => sendBatch([binding], handlers))
    for (const half of chunksOf(batch, Math.ceil(batch.length / 2))) await sendBatch(half, handlers)
  }
}
