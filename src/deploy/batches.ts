import type { Binding } from '../model/change.ts'
import type { Host } from '../model/host.ts'
import { concernsOf, type Problem } from '../model/problem.ts'
import { inParallel } from '../util/concurrency.ts'
import { chunksOf, type NonEmpty } from '../util/lists.ts'

/** Hosts that share a call. */
export type Batch = NonEmpty<Binding>

/** A call that failed. */
export interface Failure {
  readonly problem: Problem
  /** The hosts of the batch that it did not change. */
  readonly left: Batch
  /** Hosts as they were read after a call without an answer, by name. */
  readonly seen: ReadonlyMap<string, Host>
}

export interface BatchHandlers {
  /** Makes one call for a batch, whose targets are the same. */
  readonly send: (batch: Batch) => Promise<Failure | undefined>
  /** Called for a failure after which no further call is made for its hosts. */
  readonly failed: (failure: Failure) => void
  readonly size: BatchSize
}

/** How many hosts are sent in a call: no limit is documented, so it is found by trying, and remembered. */
export interface BatchSize {
  readonly max: () => number
  /** A batch was refused for its size, and calls with this many hosts were accepted. */
  readonly learn: (accepted: number) => void
}

/** Other tools send this many, and the culprit in a refused batch of this size is found in few calls. */
export const maxHosts = 100

export const batchSize = (): BatchSize => {
  let max = maxHosts
  return {
    max: () => max,
    learn: (accepted) => {
      max = Math.min(max, accepted)
    },
  }
}

/** Parallel calls when each has one host; the rate limiter decides how fast they are sent. */
const width = 32

/**
 * Sends the bindings. Hosts with the same target, and the same client and upstream certificates, share a call. A batch whose refusal may
 * concern one host, or the number of hosts, is halved until that host is alone or the size is accepted. Throws a refusal that concerns all;
 * the other batches are then not sent.
 */
export const sendInBatches = async (bindings: readonly Binding[], handlers: BatchHandlers): Promise<void> => {
  const batches = groups(bindings).flatMap((group) => chunksOf(group, handlers.size.max()))
  // Calls for several hosts are sent in turn; calls for one host in parallel.
  await inTurn(
    batches.filter(({ length }) => length > 1),
    handlers,
  )
  const single = batches.filter(({ length }) => length === 1)
  await inParallel(single, width, async (batch) => void (await sendBatch(batch, handlers)))
}

/** Bindings that may share a call. */
const groups = (bindings: readonly Binding[]): Binding[][] => {
  const key = ({ before, target, restores }: Binding) => {
    const ids = 'ids' in target ? target.ids.toSorted() : []
    const { client, upstream, originCa } = before?.mutualTls ?? {}
    // Off and not told are the same: neither differs from host to host.
    const slots = [client, upstream, originCa].map((slot) => (slot === 'off' ? undefined : slot))
    return JSON.stringify([slots, target.mode, ids, restores])
  }
  return [...Map.groupBy(bindings, key).values()]
}

/** The number of hosts in the largest accepted call, when all hosts of a batch were accepted. */
type Accepted = number | undefined

const inTurn = async (batches: readonly Batch[], handlers: BatchHandlers): Promise<Accepted> => {
  const accepted: Accepted[] = []
  for (const batch of batches) accepted.push(await sendBatch(batch, handlers))
  return accepted.reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.max(a, b)), 0)
}

const sendBatch = async (batch: Batch, handlers: BatchHandlers): Promise<Accepted> => {
  const { send, failed, size } = handlers
  // The size may have been learned after the batches were made.
  if (batch.length > size.max()) return inTurn(chunksOf(batch, size.max()), handlers)
  const failure = await send(batch)
  if (failure === undefined) return batch.length
  const { problem, left } = failure
  const whom = concernsOf(problem)
  // The refused certificate may be one that only some hosts keep. If none keeps any, it is one that all hosts get.
  const isForAll = whom === 'all' || (whom === 'certificate' && left.every(({ keeps }) => keeps.length === 0))
  if (isForAll || left.length === 1 || whom === 'certificate') {
    failed(failure)
    if (isForAll) throw problem
    return undefined
  }
  if (whom === 'together') {
    await inParallel(left, width, async (binding) => void (await sendBatch([binding], handlers)))
    return undefined
  }
  const accepted = await inTurn(chunksOf(left, Math.ceil(left.length / 2)), handlers)
  // Each host was accepted after all, so it was their number.
  if (accepted !== undefined) size.learn(accepted)
  return accepted
}
