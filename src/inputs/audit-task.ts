import type { AuditTask } from '../model/audit.ts'
import type { World } from '../model/ports.ts'
import { Problem } from '../model/problem.ts'
import { auditedEntry, parseAuditInputs, parseCriteria } from './audit.ts'
import { problemWith } from './inputs.ts'
import { inputReader } from './reader.ts'
import { secretsIn } from './secrets.ts'
import { manifestOf, manifestReader } from './task.ts'

/**
 * What the audit is asked to look at, from the inputs or from a manifest. Every secret is masked first, before anything is printed. Throws
 * one Problem, `Input.Invalid` or `Input.Manifest`, with a finding for everything that is wrong.
 */
export const readAuditTask = async (world: World): Promise<AuditTask> => {
  const { env, log } = world
  for (const secret of secretsIn(env)) log.mask(secret)
  const file = await manifestOf(world)
  if (file === undefined) return parseAuditInputs(env)
  const reader = inputReader(env)
  const criteria = parseCriteria(reader)
  // The entry reads it again, whatever is wrong with the other inputs.
  reader.flag('open-issue')
  const { parseManifestAs } = await manifestReader()
  try {
    const task = parseManifestAs(auditedEntry, env, file, log.mask)
    if (reader.findings.length === 0) return { ...task, criteria }
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    throw problemWith('Input.Manifest', [...reader.findings, ...thrown.findings])
  }
  throw problemWith('Input.Invalid', reader.findings)
}
