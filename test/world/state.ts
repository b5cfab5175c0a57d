import type { Refusal } from './request.ts'

/** The account, and the user in it that has the keys. */
export const [uin, userUin] = ['100000000001', '100000000002']
/** A role of the account, and the identity provider that it trusts. */
export const [roleName, providerId] = ['edgeone-deploy', 'github']
export const roleArn = `qcs::cam::uin/${uin}:roleName/${roleName}`

/** What the account of the test world has: certificates, zones and their hosts. Tests change it as they like. */

export interface Certificate {
  readonly id: string
  readonly alias: string
  /** 'RSA 2048', 'ECC P-256', 'SM2': the first word is the family. */
  readonly algorithm: string
  readonly names: readonly string[]
  readonly notBefore: Date
  readonly notAfter: Date
  readonly type: 'upload' | 'managed' | 'default'
  /** What was uploaded, or made when the edge was first asked for it. */
  pem?: { readonly chain: string; readonly privateKey: string; readonly sha256: string }
  /** So many changes to come that name it are refused: it has not come through to EdgeOne. */
  slow?: number
}

export interface Bound {
  id: string
  /** When nothing is under way; while a change deploys, `processing` is shown. */
  status?: string
}

export type Mode = 'disable' | 'sslcert' | 'eofreecert' | 'eofreecert_manual'

export interface Host {
  /** online, process, offline, forbidden, init or whatever comes. */
  status: string
  mode: Mode
  /** The whole list; a change replaces it. */
  certificates: Bound[] | null
  /** The API gives `Certificate: null`, until a change. */
  noCertificate?: boolean
  /** As ClientCertInfo. */
  client?: unknown
  /** As UpstreamCertInfo. */
  upstream?: unknown
  /** Epoch milliseconds: until then the host shows `process` and refuses changes. */
  busyUntil?: number
  /** Epoch milliseconds of the last change through the API. */
  changedAt?: number
  /** Any change that contains this host is refused, as a whole, with this code and message. */
  refuses?: readonly [code: string, message: string]
  /** So many changes to come are accepted and leave this host as it is: partial application. */
  ignores?: number
  /** Status of the certificates when deployment ends, instead of `deployed`. */
  endsAs?: 'issued' | 'failed' | 'applying'
  /** Instead of the deployMs of the state. */
  deployMs?: number
  /** Set by a call of 2022-01-06 without CertInfo. */
  legacyDefault?: boolean
  /** IDs that the edge served before the last change, and does until that is deployed. */
  servedBefore?: readonly string[]
  /** IDs that the edge serves, whatever is bound. */
  edgeServes?: readonly string[]
  /** The edge closes the connection at once. */
  edgeDown?: boolean
  /** The edge never answers. */
  edgeHangs?: boolean
}

export interface Zone {
  readonly id: string
  readonly name: string
  status: string
  type: string
  lock: 'enable' | 'disable' | 'plan_migrate'
  alias: string
  /** When false, reading the zone's hosts and certificates is refused, as for zones of EdgeOne Pages. */
  readable: boolean
  /** IDs of the default certificates. */
  defaults: string[]
  hosts: Map<string, Host>
}

export interface Options {
  /** How long a change deploys. */
  deployMs: number
  /** Items of certificate lists hold nothing but CertId. */
  sparse: boolean
  /** Empty certificate lists come as null. */
  nullList: boolean
  times: 'Z' | '+00:00'
  sslReadable: boolean
  /** The edge serves a change so much later than deployment ends. */
  edgeDelayMs: number
  /** How UploadCertificate refuses every certificate. */
  uploadRefused: Refusal | undefined
  /** UploadCertificate refuses a certificate that is known, instead of giving its ID. */
  existsError: boolean
  /** So many changes that name a certificate are refused after its upload. */
  slowUploads: number
  /** The service role that a checked deletion needs is not there. */
  roleMissing: boolean
  /** How checked deletions end, instead of by what is bound. */
  deleteStatus: number | undefined
  /** Whom the role trusts: tokens of GitHub with this audience and such a subject. */
  trust: { readonly audience: string; readonly subject: RegExp }
  /** How long temporary keys last, and are said to, instead of DurationSeconds. */
  keyLifeMs: number | undefined
}

/** A checked deletion. */
export interface Deletion {
  readonly certificate: string
  /** Asked for on the international site, which tells nothing of tasks. */
  readonly untold: boolean
  asked: number
  /** How it ended. */
  status?: number
}

export interface Handshake {
  /** The name that the client sent. */
  readonly host: string
  /** The family that was served, when the handshake came to its end. */
  algorithm?: 'RSA' | 'ECC'
}

/** What there is of everything, and what became of it. */
export interface Things {
  readonly zones: Map<string, Zone>
  readonly certificates: Map<string, Certificate>
  /** Certificates about whose expiry no messages come. */
  readonly muted: Set<string>
  /** By task ID. */
  readonly deletions: Map<string, Deletion>
  /** How many certificates were uploaded. */
  uploads: number
  /** Hosts whose name does not lead to EdgeOne. */
  readonly dnsElsewhere: Set<string>
  /** With the edge, in order. */
  readonly handshakes: Handshake[]
  /** IDs by name. */
  readonly roles: Map<string, string>
  /** Names of the OIDC identity providers; each is GitHub. */
  readonly providers: Set<string>
  /** What was issued, and must be seen nowhere. */
  readonly secretTexts: string[]
}

export interface Account extends Options, Things {}

export const newHost = (host: Partial<Host> = {}): Host => ({
  status: 'online',
  mode: 'sslcert',
  certificates: [{ id: 'oldRsa01', status: 'deployed' }],
  ...host,
})

/** A site of many hosts. */
export const site = (
  names: readonly string[],
  host: (name: string, index: number) => Partial<Host> = () => ({}),
): Map<string, Host> => new Map(names.map((name, index) => [name, newHost(host(name, index))]))

export const newZone = (zone: Pick<Zone, 'id' | 'name'> & Partial<Zone>): Zone => ({
  status: 'active',
  type: 'partial',
  lock: 'enable',
  alias: '',
  readable: true,
  defaults: [],
  hosts: new Map(),
  ...zone,
})

// Valid from before to long after any run of the tests, so that nothing here needs a clock.
export const newCertificate = (certificate: Pick<Certificate, 'id'> & Partial<Certificate>): Certificate => ({
  alias: certificate.id.toLowerCase(),
  algorithm: 'RSA 2048',
  names: ['example.com', '*.example.com'],
  notBefore: new Date('2026-06-01T00:00:00Z'),
  notAfter: new Date('2036-06-01T00:00:00Z'),
  type: 'upload',
  ...certificate,
})

/** Whether any host of any zone has the certificate, or a zone has it as its default. */
export const isBound = ({ zones }: Pick<Things, 'zones'>, id: string): boolean =>
  [...zones.values()].some(
    ({ hosts, defaults }) =>
      defaults.includes(id) ||
      [...hosts.values()].some(({ certificates }) => certificates?.some((one) => one.id === id)),
  )

export const newState = (): Things => {
  const old = { notBefore: new Date('2026-03-01T00:00:00Z'), notAfter: new Date('2036-02-01T00:00:00Z') }
  const expired = { notBefore: new Date('2024-01-01T00:00:00Z'), notAfter: new Date('2025-01-01T00:00:00Z') }
  const ecc = { algorithm: 'ECC P-256' }
  const certificates = [
    newCertificate({ id: 'oldRsa01', ...old }),
    newCertificate({ id: 'J2JqATrt' }),
    newCertificate({ id: 'EccAbc12', ...ecc }),
    newCertificate({ id: 'oldEcc01', ...ecc, ...old }),
    newCertificate({ id: 'expEcc01', ...ecc, ...expired }),
    newCertificate({ id: 'expRsa01', ...expired }),
    newCertificate({ id: 'othRsa01', names: ['shop.example.org'] }),
    newCertificate({ id: 'dfltRsa1', type: 'default' }),
    newCertificate({ id: 'Sm2Cert1', algorithm: 'SM2' }),
    newCertificate({ id: 'weakRsa1', algorithm: 'RSA 1024' }),
  ]
  const zone = newZone({
    id: 'zone-2fgd17m17xw',
    name: 'example.com',
    defaults: ['dfltRsa1'],
    hosts: site(['www.example.com', 'api.example.com', 'xn--bcher-kva.example.com']),
  })
  return {
    zones: new Map([[zone.id, zone]]),
    certificates: new Map(certificates.map((certificate) => [certificate.id, certificate])),
    muted: new Set(),
    deletions: new Map(),
    uploads: 0,
    dnsElsewhere: new Set(),
    handshakes: [],
    roles: new Map([[roleName, '4611686018427397919']]),
    providers: new Set([providerId]),
    secretTexts: [],
  }
}
