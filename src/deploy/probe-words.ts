import type { Warn } from '../model/ports.ts'
import { count, list } from '../util/text.ts'
import type { Sighting, Target } from './sighting.ts'

/** Warns of hosts that serve the certificate with a chain or name that this machine does not trust. */
export const warnOfDistrust = (sightings: ReadonlyMap<Target, Sighting>, warn: Warn): void => {
  const doubtful = [...sightings].flatMap(([{ host }, sighting]) =>
    sighting.isRight && sighting.distrust !== undefined ? [{ host, why: sighting.distrust }] : [],
  )
  for (const [why, some] of Map.groupBy(doubtful, (one) => one.why)) {
    const hosts = list(some, 10, ({ host }) => host)
    warn(
      'Not trusted',
      `${count(some.length, 'host')} served the certificate, but this machine does not trust it (${why}): ${hosts}.`,
    )
  }
}

/** How certificates were recognised, if not by their fingerprints. */
export const recognitionNotes = (targets: readonly Target[]): string[] => {
  const certificates = targets.flatMap(({ expected }) => expected.map(({ certificate }) => certificate))
  const unprinted = certificates.filter((one) => one?.sha256 === undefined)
  const byDate = unprinted.flatMap((one) => (one?.notAfter === undefined ? [] : one.id))
  const byName = unprinted.flatMap((one) => (one?.notAfter === undefined ? (one?.id ?? 'the free certificate') : []))
  const unique = (ids: readonly string[]) => list([...new Set(ids)], 5)
  return [
    ...(byDate.length === 0
      ? []
      : [`Recognised by the host's name and notAfter, because the fingerprint is unknown: ${unique(byDate)}`]),
    ...(byName.length === 0
      ? []
      : [`Recognised by the host's name alone, because nothing else is known: ${unique(byName)}`]),
  ]
}
