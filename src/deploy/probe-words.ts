import type { Sighting, Target } from '../discover/sighting.ts'
import type { Warn } from '../model/ports.ts'
import type { Witness } from '../model/recognise.ts'
import { textOf } from '../util/language.ts'
import { count, list } from '../util/text.ts'

/** Warns of hosts that serve the certificate with a chain or name that this machine does not trust. */
export const warnOfDistrust = (sightings: ReadonlyMap<Target, Sighting>, warn: Warn): void => {
  const doubtful = [...sightings].flatMap(([{ host }, sighting]) =>
    sighting.isRight && sighting.distrust !== undefined ? [{ host, why: textOf(sighting.distrust).en }] : [],
  )
  for (const [why, some] of Map.groupBy(doubtful, (one) => one.why)) {
    const hosts = list(some, 10, ({ host }) => host)
    warn(
      'Not trusted',
      `${count(some.length, 'host')} served the certificate, but this machine does not trust it (${why}): ${hosts}.`,
    )
  }
}

const byWhat: Readonly<Record<Exclude<Witness, 'sha256'>, string>> = {
  dates: "by the host's name and notAfter, because the fingerprint is unknown",
  change: 'because the host serves another certificate than before the change, and nothing else is known',
  name: "by the host's name alone, because nothing else is known of a certificate that the host keeps",
}

/** How certificates were recognised, if not by their fingerprints. */
export const recognitionNotes = (sightings: ReadonlyMap<Target, Sighting>): string[] => {
  const seen = [...sightings].flatMap(([{ expected }, sighting]) =>
    sighting.isRight
      ? expected.map(({ certificate }, i) => ({ id: certificate.id ?? 'a certificate without ID', by: sighting.by[i] }))
      : [],
  )
  return (['dates', 'change', 'name'] as const).flatMap((witness) => {
    const ids = seen.flatMap(({ id, by }) => (by === witness ? id : []))
    return ids.length === 0 ? [] : [`Recognised ${byWhat[witness]}: ${list([...new Set(ids)], 5)}`]
  })
}
