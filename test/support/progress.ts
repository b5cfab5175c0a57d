import type { Tracker } from '../../src/deploy/tracker.ts'
import type { Binding, Change } from '../../src/model/change.ts'
import type { Bound, Host } from '../../src/model/host.ts'
import { ownProblem } from '../../src/model/problem.ts'
import type { HostState } from '../../src/model/progress.ts'
import { idsOf } from '../../src/model/setting.ts'
import { inBoth } from '../../src/util/language.ts'

/** How the progress of hosts begins, where the time does not matter. */
export const live = { dryRun: false, readAt: 0, now: () => 0 }

const problem = ownProblem('Run.Unexpected', { message: inBoth('for the test') })

/** The host once its target is bound, with certificates like this one. */
const withTarget = ({ host, before, target }: Binding, like: Omit<Bound, 'id'>): Host => {
  const ids = target.mode === 'eofreecert' ? ['free'] : idsOf(target)
  const certificates = ids.map((id): Bound => ({ ...like, id }))
  const mode = target.mode === 'default' ? undefined : target.mode
  return { mutualTls: {}, ...before, name: host, status: 'online', mode, certificates }
}

/** The plan of a host that is to reach a state: some states exist only with another plan than to bind. */
export const planFor = (binding: Binding, state: HostState): Change => {
  if (state === 'unchanged') return { ...binding, kind: 'none' }
  if (state === 'waiting') return { ...binding, kind: 'wait-then-bind' }
  if (state === 'inactive') return { ...binding, kind: 'refuse', because: 'inactive', problem }
  return binding
}

/** Brings a host from its plan, as `planFor` makes it, to a state, by the events that lead there. */
export const bringTo = (
  tracker: Tracker,
  binding: Binding,
  state: HostState,
  { requestId = 'r1', notAfter }: { readonly requestId?: string; readonly notAfter?: number | undefined } = {},
): void => {
  const { host } = binding
  const accept = () => tracker.emit(host, { kind: 'accepted', requestId })
  const observe = (status: string) =>
    tracker.emit(host, {
      kind: 'observed',
      seen: withTarget(binding, { status, notAfter }),
      change: { ...binding, kind: 'none' },
    })
  switch (state) {
    case 'accepted':
      accept()
      return
    case 'deployed':
      accept()
      // Without a certificate there is no status, so one reading is not enough.
      if (observe('deployed')?.state === 'accepted') observe('deployed')
      return
    case 'failed':
      accept()
      observe('failed')
      return
    case 'timed-out':
      accept()
      tracker.emit(host, { kind: 'deadline' })
      return
    case 'served':
    case 'not-served':
      accept()
      tracker.emit(host, state === 'served' ? { kind: 'served' } : { kind: 'not-served', problem })
      return
    case 'refused':
      tracker.emit(host, { kind: 'refused', problem })
      return
    case 'unknown':
      tracker.emit(host, { kind: 'lost', problem })
      return
    case 'unchanged':
    case 'waiting':
    case 'inactive':
    case 'untouched':
    case 'planned':
      return
    case 'rolled-back':
      accept()
      tracker.emit(host, { kind: 'not-served', problem })
      tracker.emit(host, { kind: 'rolled-back', seen: undefined, requestId })
      return
    case 'rollback-failed':
      accept()
      tracker.emit(host, { kind: 'not-served', problem })
      tracker.emit(host, { kind: 'rollback-failed', seen: undefined, problem })
      return
    default:
      state satisfies never
  }
}
