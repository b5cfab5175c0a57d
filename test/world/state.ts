import type { Refusal } from './request.ts'

/** The account, and its user that has the keys. */
export const [uin, userUin] = ['100000000001', '100000000002']
/** A role of the account, and the identity provider that it trusts. */
export const [roleName, providerId] = ['edgeone-deploy', 'github']
export const roleArn = `qcs::cam::uin/${uin}:roleName/${roleName}`

/** What the account of the test world has: certificates, zones and their hosts. Tests may change it. */

export interface Certificate {
  readonly id: string
  readonly alias: string
  /** 'RSA 2048', 'ECC P-256', 'SM2': the first word is the key algorithm. */
  readonly algorithm: string
  readonly names: readonly string[]
  readonly notBefore: Date
  readonly notAfter: Date
  readonly type: 'upload' | 'managed' | 'default'
  /** As uploaded, or as made when the edge first needed it. */
  pem?: { readonly chain: string; readonly privateKey: string; readonly sha256: string }
  /** This many further changes that name it are refused: it has not reached EdgeOne yet. */
  slow?: number
  /** Of its order in SSL Certificate Service; by its dates, when absent. */
  status?: number
  /** `true`, unless it says otherwise. */
  deployable?: boolean
  /** `CertificateType`, when it is not `SVR`. */
  kind?: string
  /** `From`, when it is not `upload`. */
  source?: string
  /** `SignAlgo` of EdgeOne, when it is not the algorithm of the key. */
  signAlgo?: string
  /** What SSL Certificate Service gives for its names, when it is not `Domain` and `SubjectAltName`. */
  listedNames?: {
    readonly Domain?: string
    readonly SubjectAltName?: readonly string[]
    readonly CertSANs?: readonly string[]
  }
  /** What other products have of it: how many resources, by product. */
  elsewhere?: Readonly<Record<string, number>>
}

export interface Bound {
  id: string
  /** The status while no change is being deployed; during one, it is `processing`. */
  status?: string
}

export type Mode = 'disable' | 'sslcert' | 'eofreecert' | 'eofreecert_manual'

export interface Host {
  /** online, process, offline, forbidden, init, or an undocumented value. */
  status: string
  mode: Mode
  /** The whole list; a change replaces it. */
  certificates: Bound[] | null
  /** The API returns `Certificate: null` until a change. */
  noCertificate?: boolean
  /** As ClientCertInfo. */
  client?: unknown
  /** As UpstreamCertInfo. */
  upstream?: object
  /** Epoch milliseconds: until then the host shows `process` and refuses changes. */
  busyUntil?: number
  /** Epoch milliseconds of the last change through the API. */
  changedAt?: number
  /** Every change that contains this host is refused as a whole with this code and message. */
  refuses?: readonly [code: string, message: string]
  /** This many further changes are accepted without changing this host: partial application. */
  ignores?: number
  /** Status of the certificates when deployment ends, instead of `deployed`. */
  endsAs?: 'issued' | 'failed' | 'applying'
  /** Overrides the deployMs of the state. */
  deployMs?: number
  /** Epoch milliseconds: not busy before, although it was changed. */
  busyFrom?: number
  /** As it was shown before the last change. */
  shownBefore?: Pick<Host, 'mode' | 'certificates'>
  /** It is deleted from the zone as soon as it was changed. */
  vanishes?: boolean
  /** Set by a call of 2022-01-06 without CertInfo. */
  legacyDefault?: boolean
  /** IDs that the edge served before the last change, and serves until that is deployed. */
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
  /** The secret key of the only account that lists it; without one, each does. */
  readonly owner?: string
  status: string
  type: string
  lock: 'enable' | 'disable' | 'plan_migrate'
  alias: string
  /** When false, reading the zone's hosts and certificates is refused, as for zones of EdgeOne Pages. */
  readable: boolean
  /** Whether the certificates of its hosts may be read all the same, as on zones of EdgeOne Pages (Makers). */
  certificatesReadable: boolean
  /** IDs of the default certificates. */
  defaults: string[]
  hosts: Map<string, Host>
}

export interface Options {
  /** How long the deployment of a change takes. */
  deployMs: number
  /** Items of certificate lists have only CertId. */
  sparse: boolean
  /** Certificates of hosts have no Status. */
  withoutStatus: boolean
  /** For so long after a change, the host shows it and is online, before its deployment begins. */
  startDelayMs: number
  /** For so long after a change, lists show the hosts as they were. */
  staleMs: number
  /** `Mode` of hosts that have a certificate by its ID, when they are read. */
  modeWord: 'sslcert' | 'ssl'
  /** While a free certificate is applied for, the list is empty. */
  emptyWhileApplying: boolean
  /** How a change of a host that is being deployed is refused. */
  busyRefusal: Refusal
  /** Default certificates are not known by their IDs. */
  defaultsNameless: boolean
  /** Empty certificate lists are returned as null. */
  nullList: boolean
  times: 'Z' | '+00:00'
  sslReadable: boolean
  /** The zone of the times in SSL Certificate Service, hours ahead of UTC. */
  sslZone: number
  /** Whether those times have seconds. */
  sslSeconds: boolean
  /** Certificate lists of EdgeOne have no ExpireTime: it may be null. */
  endsUntold: boolean
  /** How long after the end of its deployment the edge serves a change. */
  edgeDelayMs: number
  /** The newest version of TLS that the edge speaks. It asks for a certificate of the client where the host has client CA certificates. */
  edgeTls: 'TLSv1.2' | 'TLSv1.3'
  /** `DeployTime` of a change: when it was requested, or when its deployment ended. */
  deployTime: 'requested' | 'ended'
  /** Whether the older version of the API still answers. */
  legacyAnswers: boolean
  /** Which uploads are the same: those with the same leaf, whatever the chain (field notes), or only those with the same chain as well. */
  sameUpload: 'leaf' | 'chain'
  /** UploadCertificate does not tell that a certificate was there before: it only returns its ID. */
  repeatUntold: boolean
  /** DescribeHostCertificates lists the certificates of a host only as it was told them, by their IDs. */
  infoless: boolean
  /** How UploadCertificate refuses every certificate. */
  uploadRefused: Refusal | undefined
  /** UploadCertificate refuses a known certificate instead of returning its ID. */
  existsError: boolean
  /** How many changes that name a certificate are refused after its upload. */
  slowUploads: number
  /** How they are refused. */
  slowRefusal: Refusal
  /** The service role that a checked deletion needs is missing. */
  roleMissing: boolean
  /** Overrides the outcome of checked deletions. */
  deleteStatus: number | undefined
  /** How long a certificate must still be valid for a change to be accepted, milliseconds. */
  leastValidMs: number
  /** How many hosts a call may change, and the code with which more are refused. */
  maxHosts: { readonly max: number; readonly code: string } | undefined
  /**
   * What a change does to client and upstream certificates: nothing, unless they are given (the documented way); it turns them off when they
   * are left out; or it turns them off whatever is given.
   */
  mutualTls: 'kept' | 'lost when left out' | 'lost'
  /** Client and upstream certificates that are off are left out when a host is read. */
  offUntold: boolean
  /** Fields that SSL Certificate Service leaves out of its lists. */
  withoutFields: readonly string[]
  /** DescribeDeleteCertificatesTaskResult exists on the international site, too. */
  tasksAbroad: boolean
  /** So often is a new task of a deletion or of the inventory not listed yet. */
  unlistedTasks: number
  /** How the inventory of bindings refuses to be asked. */
  inventoryRefused: Refusal | undefined
  /** How the tasks of the inventory end; 1 unless told: 2 is a failure, 0 no end. */
  inventoryStatus: number
  /** A region that the inventory could not read. */
  inventoryFault: string | undefined
  /** Whom the role trusts: tokens of GitHub with this audience and such a subject. */
  trust: { readonly audience: string; readonly subject: RegExp }
  /** The lifetime of temporary keys, overriding DurationSeconds. */
  keyLifeMs: number | undefined
  /** Whether EdgeOne lists international names in Unicode. */
  unicodeNames: boolean
  /** `TotalCount` of the hosts, when it is wrong. */
  hostCount: number | undefined
}

/** A checked deletion. */
export interface Deletion {
  readonly certificate: string
  /** Requested on the international site, which does not report tasks. */
  readonly untold: boolean
  asked: number
  /** How it ended. */
  status?: number
}

/** A question to the inventory of bindings. */
export interface InventoryTask {
  readonly certificate: string
  asked: number
}

export interface Handshake {
  /** The name that the client sent. */
  readonly host: string
  /** The key algorithm that was served, if the handshake completed. */
  algorithm?: 'RSA' | 'ECC'
}

/** Everything in the account, and what happened to it. */
export interface Things {
  readonly zones: Map<string, Zone>
  readonly certificates: Map<string, Certificate>
  /** Certificates whose expiry notifications are off. */
  readonly muted: Set<string>
  /** By task ID. */
  readonly deletions: Map<string, Deletion>
  /** By task ID. */
  readonly inventories: Map<string, InventoryTask>
  /** How many certificates were uploaded. */
  uploads: number
  /** Hosts whose DNS name does not lead to EdgeOne. */
  readonly dnsElsewhere: Set<string>
  /** Handshakes with the edge, in order. */
  readonly handshakes: Handshake[]
  /** IDs of roles, by name. */
  readonly roles: Map<string, string>
  /** Names of the OIDC identity providers; each is GitHub. */
  readonly providers: Set<string>
  /** Issued secrets, which must not appear anywhere. */
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
  certificatesReadable: false,
  defaults: [],
  hosts: new Map(),
  ...zone,
})

// Valid from before to long after any run of the tests, so that no clock is needed.
export const newCertificate = (certificate: Pick<Certificate, 'id'> & Partial<Certificate>): Certificate => ({
  alias: certificate.id.toLowerCase(),
  algorithm: 'RSA 2048',
  names: ['example.com', '*.example.com'],
  notBefore: new Date('2026-06-01T00:00:00Z'),
  notAfter: new Date('2036-06-01T00:00:00Z'),
  type: 'upload',
  ...certificate,
})

/** Whether any host of any zone has the certificate, a zone has it as its default, or another product has it. */
export const isBound = ({ zones, certificates: all }: Pick<Things, 'zones' | 'certificates'>, id: string): boolean =>
  boundHosts({ zones }, id) > 0 || Object.values(all.get(id)?.elsewhere ?? {}).some((n) => n > 0)

/** How many hosts have the certificate; a zone's default counts as one. */
export const boundHosts = ({ zones }: Pick<Things, 'zones'>, id: string): number =>
  [...zones.values()].reduce((n, { hosts, defaults }) => {
    const some = [...hosts.values()].filter(({ certificates }) => certificates?.some((one) => one.id === id))
    return n + some.length + (defaults.includes(id) ? 1 : 0)
  }, 0)

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
    inventories: new Map(),
    uploads: 0,
    dnsElsewhere: new Set(),
    handshakes: [],
    roles: new Map([[roleName, '4611686018427397919']]),
    providers: new Set([providerId]),
    secretTexts: [],
  }
}
