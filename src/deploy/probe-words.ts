import type { Sighting, Target } from '../discover/sighting.ts'
import type { Warn } from '../model/ports.ts'
import type { Witness } from '../model/recognise.ts'
import { inBoth, type Text } from '../util/language.ts'
import { uniqueBy } from '../util/lists.ts'
import { count, list, listed, listZh } from '../util/text.ts'
import { titles } from './titles.ts'

/** Warns of hosts that serve the certificate with a chain or name that this machine does not trust. */
export const warnOfDistrust = (sightings: ReadonlyMap<Target, Sighting>, warn: Warn): void => {
  const doubtful = [...sightings].flatMap(([{ host }, sighting]) =>
    sighting.isRight && sighting.distrust !== undefined ? [{ host, why: sighting.distrust }] : [],
  )
  for (const some of Map.groupBy(doubtful, (one) => one.why.en).values()) {
    const { en, zh } = listed(some, 10, ({ host }) => host)
    const [why] = some.map((one) => one.why)
    warn(titles.notTrusted, {
      en: `${count(some.length, 'host')} served the certificate, but this machine does not trust it (${why?.en}): ${en}.`,
      zh: `以下 ${some.length} 个域名返回了该证书，但本机不信任它（${why?.zh}）：${zh}。`,
    })
  }
}

const byWhat: Readonly<Record<Exclude<Witness, 'sha256'>, Text>> = {
  dates: {
    en: "by the host's name and notAfter, because the fingerprint is unknown",
    zh: '指纹未知，根据域名和到期时间识别',
  },
  change: {
    en: 'because the host serves another certificate than before the change, and nothing else is known',
    zh: '没有其他信息，根据返回的证书与修改前不同来识别',
  },
  name: {
    en: "by the host's name alone, because nothing else is known of a certificate that the host keeps",
    zh: '对域名保留的证书没有其他信息，仅根据域名识别',
  },
}

/** How certificates were recognised, if not by their fingerprints. */
export const recognitionNotes = (sightings: ReadonlyMap<Target, Sighting>): Text[] => {
  const seen = [...sightings].flatMap(([{ expected }, sighting]) =>
    sighting.isRight
      ? expected.map(({ certificate: { id } }, i) => ({
          id: id === undefined ? withoutId : inBoth(id),
          by: sighting.by[i],
        }))
      : [],
  )
  return (['dates', 'change', 'name'] as const).flatMap((witness) => {
    const found = seen.filter(({ by }) => by === witness).map(({ id }) => id)
    const ids = uniqueBy(found, ({ en }) => en)
    if (ids.length === 0) return []
    const what = byWhat[witness]
    return {
      en: `Recognised ${what.en}: ${list(ids, 5, ({ en }) => en)}`,
      zh: `${what.zh}：${listZh(ids, 5, ({ zh }) => zh)}`,
    }
  })
}

const withoutId = { en: 'a certificate without ID', zh: '无 ID 的证书' }
