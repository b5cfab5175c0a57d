import { readAlgorithms, type Warn } from '../discover/certificates.ts'
import type { Reading } from '../discover/discover.ts'
import { wasRead } from '../discover/select.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { World } from '../model/ports.ts'
import type { Pair, Pairs } from '../pem/chain.ts'
import { planner, type Step, type Wish } from '../plan/plan.ts'
import { notesOf, planLine } from '../plan/words.ts'
import type { Call } from '../tencent/client.ts'
import type { Domain } from '../tencent/hosts.ts'
import { list } from '../util/text.ts'
import { findAll, upload } from './upload.ts'

/** What the parts of the story work with. */
export interface Tools {
  readonly world: World
  readonly call: Call
  /** A client that ends with another signal than the step's. */
  readonly callUntil: (signal: AbortSignal) => Call
  readonly warn: Warn
  /** Tells the log, and the result. */
  readonly note: (line: string) => void
  /** The deadline, and the cancellation. */
  readonly signal: AbortSignal
  /** Unix milliseconds. */
  readonly deadline: number
}

/** Lines of the plan in the log; the whole of it is in `result`. */
const mostLines = 200

/** Says what is odd about chains that were given: a missing intermediate, and what belongs to none. */
export const warnOfChains = ({ pairs, unused }: Pairs, warn: Warn): void => {
  for (const { subject, missingIssuer } of pairs) {
    if (missingIssuer === undefined) continue
    warn(
      'Chain',
      `The chain of ${subject} is not whole: the certificate of its issuer (${missingIssuer}) was not given. Some visitors will not trust it.`,
    )
  }
  if (unused.length > 0) warn('Chain', `Not used, for they belong to no chain: ${list(unused, 5)}.`)
}

/** What the step brings, with IDs: what is PEM is uploaded; in a dry run it is only looked for. */
export const bring = async (
  inputs: Inputs,
  reading: Reading,
  pairs: readonly Pair[],
  { world: { log }, call, note }: Tools,
) => {
  const { setting, certificates } = reading
  if (pairs.length === 0) return { setting, certificates }
  const all = await log.group(inputs.dryRun ? 'Looking for the certificate' : 'Upload', () =>
    inputs.dryRun ? findAll(call, pairs, note) : upload(call, pairs, inputs.alias, note),
  )
  return { setting: { ...setting, ids: all.map(({ id }) => id) }, certificates: all }
}

/** The steps for all hosts, told in the log; and how to plan for one host again. */
export const makePlan = async (inputs: Inputs, reading: Reading, { world: { log, clock }, call, warn }: Tools) => {
  const { setting, certificates, hosts, sslReadable } = reading
  const domains = hosts.filter(wasRead)
  const mustTell = setting.mode === 'sslcert' && inputs.keepOther && sslReadable
  const others = mustTell ? await readAlgorithms(call, domains, setting.ids, warn) : []
  const known = new Map([...others, ...certificates].map((certificate) => [certificate.id, certificate]))
  const wish: Wish = { setting, keepOther: inputs.keepOther, known, now: clock.now() }
  const plan = planner(wish)
  const steps = hosts.map((selected) => plan(selected.host, wasRead(selected) ? selected : undefined))
  const counts = Map.groupBy(steps, ({ kind }) => kind)
  const words = {
    bind: 'to bind',
    wait: 'to bind after a deployment',
    unchanged: 'to leave alone',
    refuse: 'that cannot be done',
  }
  const title = Object.entries(words).flatMap(([kind, word]) => {
    const n = counts.get(kind as Step['kind'])?.length ?? 0
    return n === 0 ? [] : [`${n} ${word}`]
  })
  await log.group(`Plan: ${title.join(', ')}`, async () => {
    for (const step of steps.slice(0, mostLines)) log.info(planLine(step))
    if (steps.length > mostLines) log.info(`and ${steps.length - mostLines} more`)
  })
  for (const note of notesOf(steps, known)) warn('Certificates', note)
  return { steps, plan: (domain: Domain) => plan(domain.host, domain), known }
}
