import type { Context } from '../../src/tencent/context.ts'
import { shared } from '../../src/tencent/shared.ts'
import { countedClock } from './clock.ts'
import { silent } from './log.ts'

const unexpected = () => Promise.reject(new Error('must not be called'))

/** A context in which nothing may be called but what is given, and what is told to it. */
export const contextWith = (given: Partial<Context> = {}) => {
  const { call = unexpected } = given
  const lines: string[] = []
  const warnings: string[] = []
  const context: Context = {
    call,
    client: () => call,
    shared: shared(call),
    clock: countedClock(),
    log: { ...silent, info: (line) => lines.push(line) },
    warn: (title, message) => warnings.push(`${title.en}: ${message.en}`),
    handshake: unexpected,
    resolve: unexpected,
    signal: new AbortController().signal,
    cancelled: new AbortController().signal,
    deadline: Number.MAX_SAFE_INTEGER,
    ...given,
  }
  return { context, lines, warnings }
}
