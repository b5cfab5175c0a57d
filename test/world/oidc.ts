import { createPublicKey, generateKeyPair, type KeyObject, randomUUID, sign, verify } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { promisify } from 'node:util'

/** GitHub's token endpoint for jobs with `id-token: write`, and the tokens it signs. */

export const oidcHost = 'pipelines.actions.githubusercontent.com'
export const issuer = 'https://token.actions.githubusercontent.com'
/** The token with which a job requests OIDC tokens. */
export const requestToken = 'rEqUeStToKeN-for-the-test-world-EXAMPLE'

/** What the endpoint does with one request instead of answering it normally. */
export type OidcFault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'reset' | 'hang' }

export type Claims = Readonly<Record<string, unknown>>

export interface OidcState {
  /** Each request uses up the first one; without one, it succeeds. */
  readonly oidcFaults: OidcFault[]
  /** Replace, or are added to, the claims of a usual job. */
  oidcClaims: Claims
  /** How many tokens were issued. */
  tokens: number
  /** What must not appear anywhere: the request token, every token, and every temporary key with its token. */
  readonly secretTexts: string[]
  clockOffsetMs: number
}

const rsaKey = async (): Promise<KeyObject> =>
  (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey

// Generating RSA keys is slow, so a process makes one, when the first token is requested.
let making: Promise<KeyObject> | undefined
let known: KeyObject | undefined
const signingKey = async (): Promise<KeyObject> => {
  making ??= rsaKey()
  const key = await making
  known ??= createPublicKey(key)
  return key
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A JWT as GitHub signs it. */
export const signJwt = async (claims: Claims): Promise<string> => {
  const head = { typ: 'JWT', alg: 'RS256', kid: '38826B17-6A30-5F9B-B169-8BEB8202F723' }
  const signed = `${encode(head)}.${encode(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), await signingKey()).toString('base64url')}`
}

const decode = (part: string): Claims => Object(JSON.parse(Buffer.from(part, 'base64url').toString()))

/** The claims of a JWT that GitHub signed. */
export const claimsOf = (jwt: string): Claims | undefined => {
  const [head, body, signature, more] = jwt.split('.')
  if (head === undefined || body === undefined || signature === undefined || more !== undefined) return undefined
  const signed = Buffer.from(`${head}.${body}`)
  if (!known || !verify('sha256', signed, known, Buffer.from(signature, 'base64url'))) return undefined
  return decode(head)['alg'] === 'RS256' ? decode(body) : undefined
}

const sha = '9f2c1e4b7a6d5038c1b2a3d4e5f60718293a4b5c'
const workflow = 'octo/site/.github/workflows/certificate.yml@refs/heads/main'
/** The claims of a push to the main branch of octo/site. */
const usual = (audience: string, now: number): Claims => {
  const iat = Math.floor(now / 1000)
  return {
    jti: randomUUID(),
    sub: 'repo:octo/site:ref:refs/heads/main',
    aud: audience,
    ref: 'refs/heads/main',
    sha,
    repository: 'octo/site',
    repository_owner: 'octo',
    repository_owner_id: '583231',
    run_id: '17012345678',
    run_number: '42',
    run_attempt: '1',
    repository_visibility: 'private',
    repository_id: '1296269',
    actor_id: '583231',
    actor: 'octo',
    workflow: 'certificate',
    head_ref: '',
    base_ref: '',
    event_name: 'push',
    ref_protected: 'true',
    ref_type: 'branch',
    environment: 'production',
    workflow_ref: workflow,
    workflow_sha: sha,
    job_workflow_ref: workflow,
    job_workflow_sha: sha,
    runner_environment: 'github-hosted',
    iss: issuer,
    nbf: iat - 300,
    exp: iat + 300,
    iat,
  }
}

export const oidcEnv = {
  ACTIONS_ID_TOKEN_REQUEST_URL: `https://${oidcHost}/token?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
} as const

export const oidcEndpoint =
  (state: OidcState): RequestListener =>
  async ({ method, headers, url, socket }, response) => {
    const fault = state.oidcFaults.shift()
    if (fault?.kind === 'status') return void response.writeHead(fault.status).end(fault.body)
    if (fault) return fault.kind === 'reset' ? void socket.destroy() : undefined
    const refuse = (status: number, message: string) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
    const { pathname, searchParams } = new URL(String(url), `https://${oidcHost}`)
    if (method !== 'GET' || pathname !== '/token') return refuse(404, 'Not found')
    if (headers.authorization !== `Bearer ${requestToken}`) return refuse(401, 'Unauthorized')
    if (searchParams.get('api-version') !== '2.0') return refuse(400, 'No api-version was specified for the request.')
    const audience = searchParams.get('audience') ?? 'https://github.com/octo'
    const claims = { ...usual(audience, Date.now() + state.clockOffsetMs), ...state.oidcClaims }
    const value = await signJwt(claims)
    state.tokens += 1
    state.secretTexts.push(value)
    response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify({ value }))
  }
