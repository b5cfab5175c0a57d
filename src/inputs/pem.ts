import type { Warn, World } from '../model/ports.ts'
import { hasCode, toProblem } from '../model/problem.ts'
import type { Spec } from '../model/spec.ts'
import type { Pairs } from '../pem/chain.ts'
import { loadPairs } from '../pem/load.ts'
import type { Source as PemSource } from '../pem/read.ts'
import { openSources } from '../pem/sources.ts'
import { list } from '../util/text.ts'
import type { Inputs } from './inputs.ts'
import { variable } from './table.ts'

/** The texts of `certificate` and `private-key`. Throws `Certificate.File`. */
export type OpenedPem = () => readonly PemSource[]

/**
 * Reads `certificate` and `private-key`, or the files that they name, and masks every form of a key in them, before the other inputs are
 * parsed. Files are read once: they could change in between. A file that cannot be read is reported when the texts are needed.
 */
export const openPem = async ({ env, readFile, log }: World): Promise<OpenedPem> => {
  const [certificate, privateKey] = [env[variable('certificate')] ?? '', env[variable('private-key')] ?? '']
  try {
    const sources = await openSources({ certificate, privateKey }, readFile, log.mask)
    return () => sources
  } catch (thrown) {
    if (!hasCode(toProblem(thrown), 'Certificate.File')) throw thrown
    return () => {
      throw thrown
    }
  }
}

/** The spec of the site, with the certificates and keys in the inputs. Throws `Certificate.File`, `Certificate.Unreadable` or `Certificate.KeyMismatch`. */
export const loadPem = ({ log }: World, { options, source }: Inputs, opened: OpenedPem, warn: Warn): Spec => {
  if (source.kind !== 'pem-text') return { ...options, source }
  const { pairs, unused } = loadPairs(opened(), log.mask)
  warnOfChains({ pairs, unused }, warn)
  return { ...options, source: { kind: 'pem', pairs, alias: source.alias, reuse: source.reuse } }
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
