import type { Warn, World } from '../model/ports.ts'
import { hasCode, toProblem } from '../model/problem.ts'
import type { GivenSource, Source } from '../model/spec.ts'
import type { Pairs } from '../pem/chain.ts'
import { loadPairs } from '../pem/load.ts'
import type { Source as PemSource } from '../pem/read.ts'
import { type GivenPem, openSources } from '../pem/sources.ts'
import { oncePerKey } from '../util/concurrency.ts'
import { listed } from '../util/text.ts'

/** Reads PEM, or the files that inputs name. Each is read once: a file could change in between. */
export interface PemReader {
  /** Reads it and masks every form of a key in it. A file that cannot be read is reported by `load`. */
  readonly open: (given: GivenPem) => Promise<void>
  /**
   * The source with its certificates and keys. Throws `Certificate.File`, `Certificate.Unreadable` or `Certificate.KeyMismatch`.
   */
  readonly load: (source: GivenSource, warn: Warn) => Promise<Source>
}

export const pemReader = ({ readFile, log }: Pick<World, 'readFile' | 'log'>): PemReader => {
  const opened = oncePerKey<readonly PemSource[]>()
  const loaded = oncePerKey<Pairs>()
  const keyOf = ({ certificate, privateKey }: GivenPem) => JSON.stringify([certificate.trim(), privateKey.trim()])
  const open = (given: GivenPem) => opened(keyOf(given), () => openSources(given, readFile, log.mask))
  return {
    open: async (given) => {
      try {
        await open(given)
      } catch (thrown) {
        if (!hasCode(toProblem(thrown), 'Certificate.File')) throw thrown
      }
    },
    load: async (source, warn) => {
      if (source.kind !== 'pem-text') return source
      const pairs = await loaded(keyOf(source), async () => {
        const made = loadPairs(await open(source), log.mask)
        warnOfChains(made, warn)
        return made
      })
      return { kind: 'pem', pairs: pairs.pairs, alias: source.alias, reuse: source.reuse }
    },
  }
}

/** Warns of a chain that lacks an intermediate, and of certificates that are not used. */
const warnOfChains = ({ pairs, unused }: Pairs, warn: Warn): void => {
  const title = { en: 'Chain', zh: '证书链' }
  for (const { subject, missingIssuer } of pairs) {
    if (missingIssuer === undefined) continue
    warn(title, {
      en: `The chain of ${subject} is incomplete: the certificate of its issuer (${missingIssuer}) was not given. Some visitors will not trust it.`,
      zh: `${subject} 的证书链不完整：未提供其颁发者（${missingIssuer}）的证书，部分访问者不会信任该证书。`,
    })
  }
  if (unused.length === 0) return
  const { en, zh } = listed(unused, 5)
  warn(title, { en: `Not part of any chain, so not used: ${en}.`, zh: `以下证书不属于任何证书链，因此未使用：${zh}。` })
}
