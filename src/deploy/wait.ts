import type { Clock } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import { asleepAs, seenAs, standing } from '../plan/compare.ts'
import type { Step } from '../plan/plan.ts'
import type { Domain, DomainReader, DomainState } from '../tencent/hosts.ts'
import { count, duration } from '../util/text.ts'
import type { Change } from './batches.ts'
import type { Entry, Ledger } from './ledger.ts'

export interface SettleOptions {
  /** What is waited for: that EdgeOne takes every change, or that every host has its setting in effect. */
  readonly until: 'accepted' | 'deployed'
  /** Absent where the site cannot be read; then what waits is tried again, unseen. */
  readonly read: DomainReader['these'] | undefined
  readonly plan: (domain: Domain) => Step
  /** Makes changes, and writes down in the ledger what came of them. */
  readonly apply: (changes: readonly Change[]) => Promise<void>
  readonly clock: Clock
  /** Ends the waiting: the deadline of the step, or its cancellation. */
  readonly signal: AbortSignal
  readonly deadline: number
  readonly info: (line: string) => void
}

/** Milliseconds between readings: 1, 2, 4, 8, then every 10 seconds. */
export const pauseBefore = (reading: number): number => Math.min(10_000, 1000 * 2 ** reading)

/** A host that was read so often, after a change was taken, without having begun to move gets the call again… */
const patience = 3
/** … until EdgeOne took it so often. */
const mostWrites = 3

/** A line at least so often while nothing changes, milliseconds. */
const lineEvery = 6000

/**
 * Stays until every host of the ledger has what its step says, or has failed: reads those that are open, binds those that were
 * being deployed, and again those on which a change that was taken did not show. Throws the reason of the signal, or the Problem of
 * a call that concerns all; the ledger then holds what was seen last.
 */
export const settle = async (ledger: Ledger, options: SettleOptions): Promise<void> => {
  const { clock, signal } = options
  const isOpen = openness(options.until)
  const watched = [...ledger.values()].filter(isOpen)
  const start = clock.now()
  const line = { text: '', at: start }
  for (let reading = 0; ; reading++) {
    const open = watched.filter(isOpen)
    const failed = watched.filter((entry) => entry.problem !== undefined && !isOpen(entry)).length
    const done = `${watched.length - open.length - failed}/${count(watched.length, 'host')} ${options.until}`
    const text = failed === 0 ? done : `${done}, ${failed} failed`
    if (watched.length > 0 && (text !== line.text || clock.now() - line.at >= lineEvery)) {
      Object.assign(line, { text, at: clock.now() })
      const left = duration(options.deadline - clock.now())
      options.info(`${text}, ${duration(clock.now() - start)} elapsed, ${left} left`)
    }
    if (open.length === 0) return
    await clock.sleep(pauseBefore(reading), signal)
    const again =
      options.read === undefined ? open.flatMap(blindly) : await lookAt(ledger, open, reading, options.read, options)
    if (again.length > 0) await options.apply(again)
  }
}

const blindly = ({ step }: Entry): Change[] => (step.kind === 'refuse' ? [] : [step])

/** Reads the hosts that are open; returns the changes that they need, in order of name. */
const lookAt = async (
  ledger: Ledger,
  open: readonly Entry[],
  reading: number,
  read: SettleOptions['read'] & {},
  options: SettleOptions,
): Promise<Change[]> => {
  const isOpen = openness(options.until)
  const stateOf = sharer()
  const changes: Change[] = []
  const see = (domain: Domain) => {
    const entry = ledger.get(domain.host)
    // Not asked for, or on a second page, for another host has come or gone in the meantime.
    if (entry === undefined || !isOpen(entry) || entry.lastReading === reading) return
    entry.lastReading = reading
    entry.after = stateOf(domain)
    const change = look(entry, domain, options)
    if (change !== undefined) changes.push(change)
  }
  await read(
    open.map(({ host }) => host),
    see,
  )
  return changes.sort((a, b) => (a.host < b.host ? -1 : 1))
}

/** The state of a domain. Most hosts are as the one before them, and share its: there may be ten thousand. */
const sharer = (): ((domain: Domain) => DomainState) => {
  let last: DomainState | undefined
  return ({ status, mode, certificates, mutual, cname }) => {
    const isSame =
      last?.status === status &&
      last?.mode === mode &&
      last?.certificates === certificates &&
      last?.mutual === mutual &&
      last?.cname === cname
    if (last === undefined || !isSame) last = { status, mode, certificates, mutual, cname }
    return last
  }
}

/** Whether a host is still waited for. */
const openness =
  (until: SettleOptions['until']) =>
  ({ state, step, after }: Entry): boolean => {
    if (state === 'waiting') return true
    if (until === 'accepted') return false
    if (state === 'accepted') return true
    const domain = after ?? step.before
    return state === 'unchanged' && domain !== undefined && standing(step.setting, domain) !== 'deployed'
  }

/** Whether anything is to be waited for. */
export const isSettled = (ledger: Ledger, until: SettleOptions['until']): boolean =>
  ![...ledger.values()].some(openness(until))

/** Takes in what a host looks like now; returns the change that it needs, if any. */
const look = (entry: Entry, domain: Domain, options: SettleOptions): Change | undefined => {
  const { host } = entry
  const asleep = asleepAs(domain)
  if (asleep !== undefined) {
    const problem = ownProblem('Verify.HostNotOnline', {
      message: `${host} ${asleep} by now`,
      requestId: entry.requestId,
    })
    return void Object.assign(entry, { state: entry.writes > 0 ? 'failed' : 'blocked', problem })
  }
  if (entry.state === 'waiting') return domain.status === 'process' ? undefined : replan(entry, domain, options)
  switch (standing(entry.step.setting, domain)) {
    case 'deployed':
      if (entry.state === 'accepted') entry.state = 'deployed'
      entry.problem = undefined
      return undefined
    case 'deploying':
      entry.still = 0
      return undefined
    case 'failed': {
      // A failure of an earlier change is not ours: it is sent anew, once.
      if (entry.writes === 0) return replan(entry, domain, options)
      const bindingFailed = domain.certificates.some(({ status }) => status === 'issued')
      const code = bindingFailed ? 'Verify.BindingFailed' : 'Verify.ApplicationFailed'
      const problem = ownProblem(code, { message: `${host} is ${seenAs(domain)}`, requestId: entry.requestId })
      return void Object.assign(entry, { state: 'failed', problem })
    }
    case 'other': {
      if (domain.status === 'process') return undefined
      // Somebody changed it while it was waited for.
      if (entry.writes === 0) return replan(entry, domain, options)
      entry.still += 1
      if (entry.still < patience || entry.writes >= mostWrites) return undefined
      options.info(`${host} did not take the change (${seenAs(domain)}): sending it again.`)
      return replan(entry, domain, options)
    }
  }
}

/** What a host needs, as it is now. */
const replan = (entry: Entry, domain: Domain, { plan }: SettleOptions): Change | undefined => {
  const step = plan(domain)
  if (step.kind === 'bind') {
    const { before, replaces, drops } = entry.step
    entry.still = 0
    // What a host had before the first call that was taken is what the reader, and a way back, need.
    entry.step = entry.writes === 0 ? step : { ...step, before, replaces, drops }
    return entry.step
  }
  if (step.kind === 'unchanged') {
    // A call whose answer was lost may be why it has it.
    const ours = entry.inDoubt || entry.writes > 0
    entry.step = ours ? { ...entry.step, setting: step.setting } : step
    Object.assign(entry, {
      state: ours ? 'accepted' : 'unchanged',
      problem: undefined,
      writes: ours ? Math.max(entry.writes, 1) : 0,
    })
  } else if (step.kind === 'refuse') Object.assign(entry, { step, state: 'blocked', problem: step.problem })
  return undefined
}

/** Gives every host that is still open at the deadline its problem, with what was seen of it last. */
export const noteLate = (ledger: Ledger, until: SettleOptions['until']): void => {
  const isOpen = openness(until)
  for (const entry of ledger.values()) {
    if (!isOpen(entry)) continue
    const { host, requestId, after, step } = entry
    const seen = seenAs(after ?? step.before)
    if (entry.state === 'waiting' && entry.writes === 0) {
      if (entry.inDoubt) entry.state = 'unknown'
      entry.problem ??= ownProblem('Verify.HostBusy', {
        message: `When the deadline came, ${host} was still ${seen}`,
        requestId,
      })
    } else {
      const taken = entry.writes >= mostWrites && entry.still > 0
      const was = `When the deadline came, ${host} was ${seen}`
      const message = taken ? `${was}, after EdgeOne took ${mostWrites} calls for it` : was
      const problem = ownProblem(taken ? 'Verify.NotTaken' : 'Verify.NotDeployed', { message, requestId })
      Object.assign(entry, { state: 'late', problem })
    }
  }
}
