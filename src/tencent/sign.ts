import { createHash, createHmac } from 'node:crypto'
import type { Credential } from '../model/credential.ts'

/**
 * Signature v3 of Tencent Cloud API 3.0, TC3-HMAC-SHA256 (documentation 213/30654). Pure: the time is an argument,
 * and the payload is exactly the bytes that are sent.
 */

/** What is signed. Header names are in lower case; all headers given are signed. */
export interface Signable {
  readonly method: 'POST' | 'GET'
  /** URL-encoded query without `?`; empty for POST. */
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | Uint8Array
}

/** When and for which product a signature is made: `2019-02-25/teo/tc3_request`. */
export interface Scope {
  /** Unix seconds, the value of `X-TC-Timestamp`. */
  readonly timestamp: number
  /** `teo`, `ssl`, `sts`: the first label of the API's host. */
  readonly service: string
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest()
const date = (timestamp: number): string => new Date(timestamp * 1000).toISOString().slice(0, 10)
const scopePath = ({ timestamp, service }: Scope): string => `${date(timestamp)}/${service}/tc3_request`
const headerNames = (headers: Signable['headers']): string[] => Object.keys(headers).sort()

/** Step 1: the canonical request. The headers are followed by an empty line. */
export const canonicalRequest = ({ method, query, headers, payload }: Signable): string => {
  const names = headerNames(headers)
  return [
    method,
    '/',
    query,
    ...names.map((name) => `${name}:${headers[name]?.trim().toLowerCase()}`),
    '',
    names.join(';'),
    sha256(payload),
  ].join('\n')
}

/** Step 2: the string to sign. */
export const stringToSign = (scope: Scope, canonical: string): string =>
  ['TC3-HMAC-SHA256', scope.timestamp, scopePath(scope), sha256(canonical)].join('\n')

/** Step 3: a key that is valid for one day and one service, derived from the secret key and the scope. */
export const signingKey = (secretKey: string, scope: Scope): Uint8Array =>
  scopePath(scope).split('/').reduce<string | Uint8Array>(hmac, `TC3${secretKey}`) as Uint8Array

/** Step 4: the value of the `Authorization` header. */
export const authorization = (credential: Credential, scope: Scope, request: Signable): string => {
  const signature = createHmac('sha256', signingKey(credential.secretKey, scope))
    .update(stringToSign(scope, canonicalRequest(request)))
    .digest('hex')
  return [
    `TC3-HMAC-SHA256 Credential=${credential.secretId}/${scopePath(scope)}`,
    `SignedHeaders=${headerNames(request.headers).join(';')}`,
    `Signature=${signature}`,
  ].join(', ')
}
