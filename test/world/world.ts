import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { authority, selfSigned } from './certificates.ts'
import { edgeServer, foreignServer, leafOf } from './edge.ts'
import { apiHost, enterpriseHost, gitHubApi } from './github.ts'
import { gitHubTokens, newGitHub } from './github-state.ts'
import { type Claims, type OidcFault, oidcEndpoint, oidcEnv, oidcHost, requestToken } from './oidc.ts'
import { type Action, type Answer, isRefusal, type Refusal } from './request.ts'
import { type Key, refusal, signerOf } from './signature.ts'
import { ssl } from './ssl.ts'
import { newState, type Options } from './state.ts'
import { anonymousRefusal, sts } from './sts.ts'
import { teo } from './teo.ts'

/** A JSON text that never ends. */
function* endless(state: { floodBytes: number }): Generator<Buffer> {
  const chunk = Buffer.alloc(65_536, 'x')
  yield Buffer.from('{"Response":{"RequestId":"')
  for (;;) {
    state.floodBytes += chunk.length
    yield chunk
  }
}

/** A text, or what is made of the request that it answers: gateways quote what they got. */
export type Told = string | ((request: { readonly headers: http.IncomingHttpHeaders; readonly body: string }) => string)

/** What the service does with one request, instead of answering it well. */
export type Fault = (
  | { readonly kind: 'refuse'; readonly code: string; readonly message: Told; readonly requestId?: Told }
  | { readonly kind: 'status'; readonly status: number; readonly body: Told }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'half' | 'flood' | 'hang' | 'reset before' | 'reset after' }
) & {
  /** The action that it applies to, ModifyHostsCertificate by default; '*' is any. */
  readonly on?: string
}

export interface Recorded {
  /** When it arrived, on the clock of `performance`. */
  readonly at: number
  readonly host: string
  readonly action: string
  readonly version: string
  /** '' when none was given. */
  readonly region: string
  readonly language: string
  readonly client: string
  /** As received, with '(key)' in place of a private key and '(JWT)' in place of a JWT. */
  readonly body: string
  /** SHA-256 of the text of the private key in the request. */
  readonly keySha256?: string
  answer: string
}

/** A key of the test world; published sample values. */
export const key = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
} as const
export const temporaryKey = {
  secretId: 'AKIDtemporaryTEMPORARYtemporaryEXAMPLE0',
  secretKey: 'tEmpSeCrEtKeyForTheTestWorldEXAMPLE1',
  token: 'tOkEn-for-the-test-world-Qm9ndXM-EXAMPLE',
} as const

/** Keys of further accounts. They see the same sites, but each account has a rate limit of its own. */
const furtherAccounts = 10
export const accountKey = (n: number) => ({ secretId: `AKIDaccount${n}EXAMPLE`, secretKey: `keyOfAccount${n}EXAMPLE` })

const ca = authority()
const foreign = selfSigned('elsewhere.example')
// Every world's servers have the same certificates: issuing them takes longer than all else that starts a world.
const serverLeaf = ca.then(({ issue }) =>
  issue(['*.tencentcloudapi.com', '*.intl.tencentcloudapi.com'], { via: 'root' }),
)
const githubLeaf = ca.then(({ issue }) => issue([oidcHost, apiHost, enterpriseHost], { via: 'root' }))

const services: Readonly<Record<string, { versions: readonly string[]; actions: ReadonlyMap<string, Action> }>> = {
  teo,
  ssl,
  sts,
}

const accountOptions: Options = {
  deployMs: 200,
  sparse: false,
  withoutStatus: false,
  startDelayMs: 0,
  staleMs: 0,
  modeWord: 'sslcert',
  emptyWhileApplying: false,
  busyRefusal: ['OperationDenied', '当前域名状态为部署中，请稍后重试。'],
  defaultsNameless: false,
  nullList: false,
  times: 'Z',
  sslReadable: true,
  sslZone: 8,
  sslSeconds: true,
  endsUntold: false,
  edgeDelayMs: 0,
  edgeTls: 'TLSv1.3',
  deployTime: 'requested',
  legacyAnswers: true,
  sameUpload: 'leaf',
  repeatUntold: false,
  infoless: false,
  uploadRefused: undefined,
  existsError: false,
  slowUploads: 0,
  slowRefusal: ['FailedOperation.ModifyFailed', ''],
  roleMissing: false,
  deleteStatus: undefined,
  leastValidMs: 3_600_000,
  maxHosts: undefined,
  mutualTls: 'kept',
  offUntold: false,
  withoutFields: [],
  tasksAbroad: false,
  unlistedTasks: 0,
  inventoryRefused: undefined,
  inventoryStatus: 1,
  inventoryFault: undefined,
  trust: { audience: 'sts.tencentcloudapi.com', subject: /^repo:octo\/site:/ },
  keyLifeMs: undefined,
  unicodeNames: false,
  hostCount: undefined,
}

/** Actions with a lower limit than usual: ten requests in any second (reference, 3.1, 3.2 and 3.4). */
const slower: ReadonlySet<string> = new Set([
  ...['UploadCertificate', 'DescribeCertificates', 'DeleteCertificate', 'DeleteCertificates'],
  'ModifyCertificatesExpiringNotificationSwitch',
])

/** A request's body for the record, without its private key or JWT. */
const withoutSecrets = (text: string): Pick<Recorded, 'body' | 'keySha256'> & { readonly jwt?: string } => {
  if (!/CertificatePrivateKey|WebIdentityToken/.test(text)) return { body: text }
  try {
    const body = JSON.parse(text)
    if ('WebIdentityToken' in body) {
      const jwt = String(body.WebIdentityToken)
      return { body: JSON.stringify({ ...body, WebIdentityToken: '(JWT)' }), jwt }
    }
    const keySha256 = createHash('sha256').update(String(body.CertificatePrivateKey)).digest('hex')
    return { body: JSON.stringify({ ...body, CertificatePrivateKey: '(key)' }), keySha256 }
  } catch {
    return { body: '(unreadable)' }
  }
}

/**
 * A Tencent Cloud with one account on this machine: its API over TLS, the edge that serves what the API bound, and GitHub's token
 * endpoint and API, behind a CONNECT proxy that routes their hosts to them.
 */
export const startWorld = async () => {
  const { root, issue } = await ca
  const folder = await mkdtemp(join(tmpdir(), 'world-'))
  const rootFile = join(folder, 'root.pem')
  await writeFile(rootFile, root)
  const [server, github] = await Promise.all([serverLeaf, githubLeaf])

  const state = {
    ...newState(),
    ...accountOptions,
    /** How many requests of one action are accepted in any second. */
    perSecond: 20,
    /** How many requests exceeded the limit. */
    throttled: 0,
    /** Whether requests are recorded; they are always counted. */
    log: true,
    counts: new Map<string, number>(),
    /** Each request uses up the first one for its action; without one, it is answered normally. */
    faults: [] as Fault[],
    clockOffsetMs: 0,
    /** Each request for a token uses up the first one; without one, it succeeds. */
    oidcFaults: [] as OidcFault[],
    /** Replace, or are added to, the claims of a usual job. */
    oidcClaims: {} as Claims,
    /** How many tokens GitHub issued. */
    tokens: 0,
    /** GitHub's API: the repository of the job. */
    github: newGitHub(),
    secretTexts: [requestToken, ...Object.values(gitHubTokens)] as string[],
    requests: [] as Recorded[],
    /** Of the requests, in order of arrival. */
    signatures: [] as string[],
    /** How the proxy answers CONNECT, when it does not open a tunnel. */
    proxyStatus: undefined as number | undefined,
    /** What the proxy adds to such an answer: to its status line, as a header, and as its body. */
    proxyTells: (() => '') as (headers: http.IncomingHttpHeaders) => string,
    /** So many CONNECTs to come get no answer at all. */
    silentTunnels: 0,
    tunnels: [] as string[],
    /** The credentials that the proxy received, `user:password`. */
    proxyUsers: new Set<string>(),
    /** When the last answer was sent, on the clock of `performance`. */
    lastAnswer: 0,
    /** Bytes of endless answers that the sockets accepted. */
    floodBytes: 0,
    /** Called when a request was received, before it is answered. */
    onRequest: (() => {}) as (action: string) => void,
  }
  const keys = new Map<string, Key>([
    [key.secretId, { secretKey: key.secretKey }],
    [temporaryKey.secretId, { secretKey: temporaryKey.secretKey, token: temporaryKey.token }],
    ...Array.from({ length: furtherAccounts }, (_, n) => {
      const { secretId, secretKey } = accountKey(n)
      return [secretId, { secretKey }] as const
    }),
  ])
  const arrivals = new Map<string, number[]>()
  const jwts = new Set<string>()
  const serviceOf = ({ headers }: http.IncomingMessage) => String(headers.host?.split('.')[0])

  const check = (request: http.IncomingMessage, body: string): Refusal | undefined => {
    const { headers } = request
    const action = String(headers['x-tc-action'])
    const anonymous = serviceOf(request) === 'sts' && action === 'AssumeRoleWithWebIdentity'
    const bad = anonymous
      ? anonymousRefusal(headers)
      : refusal(headers, Buffer.from(body), keys, Date.now() + state.clockOffsetMs)
    if (bad) return bad
    const now = performance.now()
    const account = /Credential=(AKIDaccount\d+)/.exec(headers.authorization ?? '')?.[1] ?? ''
    const limited = `${account} ${action}`
    const recent = (arrivals.get(limited) ?? []).filter((at) => at > now - 1000)
    arrivals.set(limited, [...recent, now])
    if (recent.length < Math.min(state.perSecond, slower.has(action) ? 10 : Infinity)) return undefined
    state.throttled += 1
    return ['RequestLimitExceeded', 'Your current request times equals to limit.']
  }

  const decide = (request: http.IncomingMessage, body: string, reused: boolean): Answer => {
    const bad = check(request, body)
    if (bad) return bad
    const { headers } = request
    const service = services[serviceOf(request)]
    const action = String(headers['x-tc-action'])
    const version = String(headers['x-tc-version'])
    const run = service?.actions.get(action)
    if (run === undefined) return ['InvalidAction', `The action ${action} does not exist.`]
    const isGone = version === '2022-01-06' && !state.legacyAnswers
    if (isGone || !service?.versions.includes(version))
      return ['NoSuchVersion', `The version ${version} does not exist.`]
    const site = headers.host?.includes('.intl.') ? 'international' : 'china'
    const region = String(headers['x-tc-region'] ?? '')
    const call = { region, key: signerOf(headers, keys), keys, now: Date.now() + state.clockOffsetMs, reused }
    return run(state, version, JSON.parse(body), site, call)
  }

  const takeFault = (action: string): Fault | undefined => {
    const index = state.faults.findIndex(({ on = 'ModifyHostsCertificate' }) => on === action || on === '*')
    return index < 0 ? undefined : state.faults.splice(index, 1)[0]
  }

  /** RequestIds count per action, so that reads that run side by side do not change those of others. */
  const isNew = (action: string) => Number(/BindResource|^DescribeHostCertificates$/.test(action))
  // Those that came later are numbered last, so that the RequestIds of the others stay.
  const actions = [...Object.values(services)]
    .flatMap(({ actions: some }) => [...some.keys()])
    .toSorted((a, b) => isNew(a) - isNew(b))
  const serve = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const at = performance.now()
    const body = await text(request)
    const header = (name: string) => String(request.headers[name] ?? '')
    const action = header('x-tc-action')
    const { jwt, ...shown } = withoutSecrets(body)
    // Used up by the first request that has it, whatever its outcome.
    const reused = jwt !== undefined && jwts.has(jwt)
    if (jwt !== undefined) jwts.add(jwt)
    const recorded: Recorded = {
      at,
      host: header('host'),
      action,
      version: header('x-tc-version'),
      region: header('x-tc-region'),
      language: header('x-tc-language'),
      client: header('x-tc-requestclient'),
      ...shown,
      answer: '',
    }
    if (state.log) state.requests.push(recorded)
    state.signatures.push(/Signature=(\w+)/.exec(header('authorization'))?.[1] ?? '')
    state.counts.set(action, (state.counts.get(action) ?? 0) + 1)
    const [which, nth] = [actions.indexOf(action) + 1, state.counts.get(action)]
    const RequestId = `5ca1ab1e-${String(which).padStart(4, '0')}-4000-8000-${String(nth).padStart(12, '0')}`
    response.setHeader('date', new Date(Date.now() + state.clockOffsetMs).toUTCString())
    const fault = takeFault(action)
    const told = (what: Told) => (typeof what === 'string' ? what : what({ headers: request.headers, body }))
    const answer = (given: Answer, id = RequestId) => {
      recorded.answer = `200 ${isRefusal(given) ? given[0] : 'ok'}`
      state.lastAnswer = performance.now()
      const fields = isRefusal(given) ? { Error: { Code: given[0], Message: given[1] } } : given
      return JSON.stringify({ Response: { ...fields, RequestId: id } })
    }
    recorded.answer = fault?.kind ?? ''
    state.onRequest(action)
    switch (fault?.kind) {
      case undefined:
        return void response.end(answer(decide(request, body, reused)))
      case 'refuse':
        return void response.end(
          answer(
            check(request, body) ?? [fault.code, told(fault.message)],
            fault.requestId === undefined ? undefined : told(fault.requestId),
          ),
        )
      case 'status':
        recorded.answer = String(fault.status)
        return void response.writeHead(fault.status).end(told(fault.body))
      case 'slow':
        setTimeout(() => response.end(answer(decide(request, body, reused))), fault.ms).unref()
        return
      case 'half': {
        const whole = answer(decide(request, body, reused))
        recorded.answer = 'half'
        return void response.end(whole.slice(0, whole.length / 2))
      }
      case 'flood':
        // Until the client closes the connection.
        return void pipeline(endless(state), response).catch(() => {})
      case 'hang':
        return
      case 'reset after':
        decide(request, body, reused)
        return void request.socket.destroy()
      case 'reset before':
        return void request.socket.destroy()
    }
  }

  const port = (one: net.Server) => (one.address() as AddressInfo).port
  const api = https.createServer({ key: server.privateKey, cert: server.certificate }, serve)
  const plain = http.createServer(serve)
  const edge = edgeServer(state, issue)
  const elsewhere = foreignServer(() => foreign)
  const oidc = https.createServer({ key: github.privateKey, cert: github.certificate }, oidcEndpoint(state))
  const gitHub = https.createServer({ key: github.privateKey, cert: github.certificate }, gitHubApi(state.github))
  /** Where a tunnel leads; undefined when nothing listens there. */
  const leadsTo = (target: string): readonly [port: number, host?: string] | undefined => {
    const [, hostname = '', wanted] = /^(.*):(\d+)$/.exec(target) ?? []
    if (['localhost', '127.0.0.1'].includes(hostname)) return [Number(wanted), hostname]
    if (wanted !== '443') return undefined
    if (hostname.endsWith('.tencentcloudapi.com')) return [port(api)]
    if (hostname === oidcHost) return [port(oidc)]
    if (hostname === apiHost || hostname === enterpriseHost) return [port(gitHub)]
    const away = state.dnsElsewhere.has(hostname) && !hostname.endsWith('.eo.dnse1.com')
    return [port(away ? elsewhere : edge)]
  }
  const proxy = http.createServer()
  proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    socket.on('error', () => {})
    state.tunnels.push(String(request.url))
    const [, credentials] = /^Basic (.*)$/.exec(String(request.headers['proxy-authorization'])) ?? []
    if (credentials !== undefined) state.proxyUsers.add(Buffer.from(credentials, 'base64').toString())
    if (state.silentTunnels-- > 0) return
    if (state.proxyStatus !== undefined) {
      const told = state.proxyTells(request.headers)
      const head = told === '' ? '' : `x-request: ${told}\r\ncontent-length: ${told.length}\r\n`
      return void socket.end(`HTTP/1.1 ${state.proxyStatus} No${told && ` ${told}`}\r\n${head}\r\n${told}`)
    }
    const [to, at = '127.0.0.1'] = leadsTo(String(request.url)) ?? []
    if (to === undefined) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const upstream = net.connect(to, at, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('close', () => upstream.destroy())
  })
  const servers = [api, plain, edge, elsewhere, oidc, gitHub, proxy]
  for (const one of servers) await new Promise<void>((done) => one.listen(0, '127.0.0.1', done))

  return {
    state,
    issue,
    rootFile,
    proxy: `http://127.0.0.1:${port(proxy)}`,
    /** The variables that the runner sets for a job that may request OIDC tokens. */
    oidcEnv,
    plainPort: port(plain),
    edgePort: port(edge),
    /** The real certificate with an ID, as the edge serves it. */
    leafOf: (id: string) => leafOf(state, issue, id),
    [Symbol.asyncDispose]: async () => {
      for (const one of servers) {
        one.close()
        one.closeAllConnections()
      }
      await rm(folder, { recursive: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>
