import { newCertificate, newHost, newZone } from '../world/state.ts'
import { key, type World } from '../world/world.ts'

/** A run whose report is worth looking at: its inputs, and what is different in the world. */
export interface Scene {
  /** Which of the two actions it is; the deployment when absent. */
  readonly step?: 'audit'
  readonly inputs: Readonly<Record<string, string>>
  readonly prepare: (world: World) => void
}

const zoneId = 'zone-2fgd17m17xw'
const names = ['api.example.com', 'shop.example.com', 'www.example.com']

export const inputs = {
  'zone-id': zoneId,
  hosts: names.join(' '),
  'cert-id': 'J2JqATrt',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}

const hostOf = ({ state }: World, name: string) => {
  const host = state.zones.get(zoneId)?.hosts.get(name)
  if (host === undefined) throw new Error(`The world has no host ${name}`)
  return host
}

const bind = (world: World, name: string, ...ids: readonly string[]): void => {
  hostOf(world, name).certificates = ids.map((id) => ({ id, status: 'deployed' }))
}

/** A zone of three hosts, one of which has the new certificate already. */
const usual = (world: World): void => {
  const zone = world.state.zones.get(zoneId)
  if (zone === undefined) throw new Error(`The world has no zone ${zoneId}`)
  zone.hosts = new Map(names.map((name) => [name, newHost()]))
  bind(world, 'api.example.com', 'J2JqATrt')
}

const lock = (world: World, name: string): void => {
  hostOf(world, name).refuses = ['OperationDenied.ConfigLocked', 'The configuration is locked.']
}

/** Sites beside the usual one, each with one host. */
const more = Array.from({ length: 3 }, (_, i) => ({ id: `zone-more${i + 1}`, name: `shop${i + 1}.example.com` }))

const addSites = ({ state }: World): void => {
  for (const { id, name } of more) state.zones.set(id, newZone({ id, name, hosts: new Map([[name, newHost()]]) }))
}

export const scenes = {
  changed: { inputs: {}, prepare: usual },
  unchanged: { inputs: { hosts: 'api.example.com' }, prepare: usual },
  failed: {
    inputs: {},
    prepare: (world) => {
      usual(world)
      lock(world, 'shop.example.com')
    },
  },
  'dry run': {
    inputs: { 'dry-run': 'true', 'keep-other-algorithms': 'false' },
    prepare: (world) => {
      usual(world)
      bind(world, 'www.example.com', 'oldRsa01', 'oldEcc01')
    },
  },
  'rolled back': {
    inputs: { 'wait-for': 'served', rollback: 'true', 'wait-minutes': '0.1' },
    prepare: (world) => {
      usual(world)
      hostOf(world, 'www.example.com').edgeServes = ['oldRsa01']
    },
  },
  'many sites': {
    inputs: { 'zone-id': [zoneId, ...more.map(({ id }) => id)].join(' '), match: 'pattern', hosts: '**' },
    prepare: (world) => {
      usual(world)
      lock(world, 'shop.example.com')
      addSites(world)
    },
  },
  'wrong inputs': {
    inputs: { 'zone-id': 'example.com', hosts: 'https://www.example.com/ 10.0.0.1', 'cert-id': '' },
    prepare: usual,
  },
} as const satisfies Readonly<Record<string, Scene>>

export const auditInputs = { 'zone-id': zoneId, 'secret-id': key.secretId, 'secret-key': key.secretKey }

const days = (n: number) => new Date(Date.now() + (n + 0.5) * 86_400_000)

/** Three hosts, with a certificate that ends in so many days, each. */
const ending = (world: World, ends: Readonly<Record<string, number>>): void => {
  usual(world)
  for (const [i, [name, end]] of Object.entries(ends).entries()) {
    const id = `endRsa0${i + 1}`
    world.state.certificates.set(id, newCertificate({ id, notBefore: days(end - 90), notAfter: days(end) }))
    bind(world, name, id)
  }
}

export const auditScenes = {
  'audit with findings': {
    step: 'audit',
    inputs: {},
    prepare: (world) => {
      ending(world, { 'api.example.com': 62, 'shop.example.com': 9, 'www.example.com': -3 })
    },
  },
  'audit without findings': {
    step: 'audit',
    inputs: {},
    prepare: (world) => {
      ending(world, { 'api.example.com': 62, 'shop.example.com': 40, 'www.example.com': 80 })
    },
  },
  'audit with wrong inputs': {
    step: 'audit',
    inputs: { 'zone-id': 'example.com', 'fail-on': 'expried' },
    prepare: usual,
  },
} as const satisfies Readonly<Record<string, Scene>>
