import type { Host, Zone } from '../world/state.ts'
import { newHost } from '../world/state.ts'
import type { World } from '../world/world.ts'

/** The site of the scenarios. */
export const zoneOf = ({ state }: World): Zone => {
  const zone = state.zones.get('zone-2fgd17m17xw')
  if (zone === undefined) throw new Error('no zone')
  return zone
}

/** The site's hosts become these; a number in place of settings repeats nothing, an empty object is an online host with `oldRsa01`. */
export const setHosts = (world: World, hosts: Readonly<Record<string, Partial<Host>>>): void => {
  zoneOf(world).hosts = new Map(Object.entries(hosts).map(([name, host]) => [name, newHost(host)]))
}

/** A host is being deployed for so many milliseconds, from the first request on: however long the step takes to start. */
export const busyFor = (world: World, host: string, ms: number): void => {
  const soon = zoneOf(world).hosts.get(host)
  if (soon === undefined) throw new Error('no such host')
  world.state.onRequest = () => {
    soon.busyUntil ??= Date.now() + ms
  }
}

/** Certificates that are deployed. */
export const bound = (...ids: readonly string[]) => ids.map((id) => ({ id, status: 'deployed' }))

/** IDs that a host has now. */
export const idsOf = (world: World, host: string): string[] =>
  zoneOf(world)
    .hosts.get(host)
    ?.certificates?.map(({ id }) => id) ?? []
