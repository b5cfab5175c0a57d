import type { Retry } from '../errors/index.ts'
import type { Clock, Warn } from '../model/ports.ts'
import type { Text } from '../util/language.ts'

/** A smaller offset of the clock cannot be why a signature expired: the service allows five minutes. Milliseconds. */
const minOffset = 60_000

/** The `Date` header has whole seconds: the service's time is up to this much later, milliseconds. */
const precision = 1000

/** The service's time, according to its answers. All clients of a run share one, because its offset is that of the machine. */
export interface ServiceClock {
  /** Reads the `Date` header of an answer. */
  readonly see: (date: string | undefined) => void
  /** The service's time, Unix milliseconds, rather too late than too early; this machine's until an answer has shown it. */
  readonly now: () => number
  /** What is added to this machine's time when signing, milliseconds. */
  readonly correction: () => number
  /** Corrects the clock after a signature made with this correction expired; undefined when the clock is not the cause. */
  readonly correct: (correction: number) => Retry | undefined
}

export const serviceClock = (clock: Clock, warn: Warn): ServiceClock => {
  let seen: number | undefined
  let used = 0
  return {
    see: (date) => {
      const time = Date.parse(date ?? '')
      if (!Number.isNaN(time)) seen = time - clock.now()
    },
    now: () => clock.now() + (seen === undefined ? 0 : seen + precision),
    correction: () => used,
    correct: (correction) => {
      // A concurrent call may have corrected the clock already.
      if (used === correction) {
        if (correction !== 0 || seen === undefined || Math.abs(seen) < minOffset) return undefined
        used = seen
        const seconds = Math.round(Math.abs(seen) / 1000)
        warn({ en: 'Wrong clock', zh: '时钟不准' }, wrongClock(seconds, seen > 0 ? 'behind' : 'ahead of'))
      }
      const seconds = Math.round(Math.abs(used) / 1000)
      return { why: `signed again, ${seconds} s ${used > 0 ? 'later' : 'earlier'}`, budget: 'bounded' }
    },
  }
}

const wrongClock = (seconds: number, how: 'behind' | 'ahead of'): Text => ({
  en: `The clock of this machine is ${seconds} seconds ${how} the service's. This run signs with the service's time; correct the clock.`,
  zh: `本机时钟比服务端${how === 'behind' ? '慢' : '快'} ${seconds} 秒。本次运行使用服务端的时间签名；请校准时钟。`,
})
