import { createHash, createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export interface Key {
  readonly secretKey: string
  /** Temporary keys have a token. */
  readonly token?: string
  /** They expire, epoch milliseconds. */
  readonly expires?: number
  /** The role that it was issued for; absent for the user's key. */
  readonly role?: { readonly id: string; readonly session: string }
}

/** The key that a request names. */
export const signerOf = ({ authorization = '' }: IncomingHttpHeaders, keys: ReadonlyMap<string, Key>) =>
  keys.get(/ Credential=([^/]+)\//.exec(authorization)?.[1] ?? '')

/** Refusal of a request because of its signature, as [code, message]; undefined for a valid one. Written from the documentation,
 * not from src/, and checked with the official SDK (judge.test.ts). */
export const refusal = (
  headers: IncomingHttpHeaders,
  body: Buffer,
  keys: ReadonlyMap<string, Key>,
  now: number,
): readonly [string, string] | undefined => {
  const parts =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]+)\/(\w+)\/tc3_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (!parts) return ['AuthFailure.InvalidAuthorization', 'The authorization header is malformed.']
  const [, id = '', date = '', service = '', names = '', signature] = parts
  const key = keys.get(id)
  if (!key) return ['AuthFailure.SecretIdNotFound', 'The SecretId is not found.']
  const timestamp = Number(headers['x-tc-timestamp'])
  if (Math.abs(timestamp * 1000 - now) > 300_000) {
    return [
      'AuthFailure.SignatureExpire',
      'The signature has expired: the timestamp differs by more than five minutes.',
    ]
  }
  const utc = new Date(timestamp * 1000).toISOString().slice(0, 10)
  if (utc !== date || !names.split(';').includes('host') || service !== headers.host?.split('.')[0]) {
    return ['AuthFailure.SignatureFailure', 'The credential scope does not fit the request.']
  }
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim().toLowerCase()}\n`)
  const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
  const mac = (secret: string | Buffer, data: string) => createHmac('sha256', secret).update(data).digest()
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${hash(body)}`
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${hash(canonical)}`
  const signing = mac(mac(mac(`TC3${key.secretKey}`, date), service), 'tc3_request')
  if (mac(signing, toSign).toString('hex') !== signature) {
    return ['AuthFailure.SignatureFailure', 'The provided credentials could not be validated.']
  }
  if (key.token !== headers['x-tc-token']) return ['AuthFailure.TokenFailure', 'The token is wrong.']
  if (key.expires !== undefined && key.expires <= now) return ['AuthFailure.TokenFailure', 'Token error.']
  return undefined
}
