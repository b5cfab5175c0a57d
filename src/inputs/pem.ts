import type { Warn, World } from '../model/ports.ts'
import { hasCode, toProblem } from '../model/problem.ts'
import type { Spec } from '../model/spec.ts'
import type { Pairs } from '../pem/chain.ts'
import { loadPairs } from '../pem/load.ts'
import { openSources } from '../pem/sources.ts'
import { list } from '../util/text.ts'
import type { Inputs } from './inputs.ts'
import { variable } from './table.ts'

/**
 * The spec of the site, with the certificates and keys from the inputs or their files. Every line of a key is masked before anything is printed.
 * Throws `Certificate.File`, `Certificate.Unreadable` or `Certificate.KeyMismatch`.
 */
export const loadPem = async ({ readFile, log }: World, { options, source }: Inputs, warn: Warn): Promise<Spec> => {
  if (source.kind !== 'pem-text') return { ...options, source }
  const { pairs, unused } = await loadPairs(source, readFile, log.mask)
  warnOfChains({ pairs, unused }, warn)
  return { ...options, source: { kind: 'pem', pairs, alias: source.alias } }
}

/**
 * Masks every form of a key in `certificate` and `private-key` before the other inputs are parsed. `loadPem` reports files that cannot be
 * read.
 */
export const maskPem = async ({ env, readFile, log }: World): Promise<void> => {
  const [certificate, privateKey] = [env[variable('certificate')] ?? '', env[variable('private-key')] ?? '']
  try {
    await openSources({ certificate, privateKey }, readFile, log.mask)
  } catch (thrown) {
    if (!hasCode(toProblem(thrown), 'Certificate.File')) throw thrown
  }
}

/** Warns of a chain that lacks an intermediate, and of certificates that are not used. */
const warnOfChains = ({ pairs, unused }: Pairs, warn: Warn): void => {
  for (const { subject, missingIssuer } of pairs) {
    if (missingIssuer === undefined) continue
    warn(
      'Chain',
      `The chain of ${subject} is incomplete: the certificate of its issuer (${missingIssuer}) was not given. Some visitors will not trust it.`,
    )
  }
  if (unused.length > 0) warn('Chain', `Not part of any chain, so not used: ${list(unused, 5)}.`)
}
