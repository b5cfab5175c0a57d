import { Buffer } from 'node:buffer'
import type { Service } from '../errors/index.ts'
import type { Credential } from '../model/credential.ts'
import type { HttpRequest } from '../model/ports.ts'
import { version } from '../util/version.ts'
import type { Api, Body } from './api.ts'
import { authorization } from './sign.ts'

/** `X-TC-RequestClient`: at most 128 of `[0-9a-zA-Z-_ ,;.]` (reference 5.2). */
export const requestClient = `edgeone-certificate-action ${version}`

export interface RequestOptions {
  readonly endpoint: (service: Service) => URL
  /** `X-TC-Language`. */
  readonly language: string
  /** `X-TC-Region`, for actions that need one. */
  readonly region: string
}

/** The HTTP request of a call, signed at `now` (Unix milliseconds, by the service's clock); unsigned without a credential. */
export const requestFor = (
  api: Api,
  body: Body,
  credential: Credential | undefined,
  now: number,
  { endpoint, language, region }: RequestOptions,
): HttpRequest => {
  const url = endpoint(api.service)
  const payload = Buffer.from(JSON.stringify(body))
  const scope = { timestamp: Math.floor(now / 1000), service: api.service }
  const signed = { 'content-type': 'application/json', host: url.host }
  const signable = { method: 'POST', query: '', headers: signed, payload } as const
  const headers = {
    ...signed,
    authorization: credential === undefined ? 'SKIP' : authorization(credential, scope, signable),
    'x-tc-action': api.action,
    'x-tc-version': api.version,
    'x-tc-timestamp': String(scope.timestamp),
    'x-tc-language': language,
    'x-tc-requestclient': requestClient,
    ...(api.hasRegion ? { 'x-tc-region': region } : {}),
    ...(credential?.token === undefined ? {} : { 'x-tc-token': credential.token }),
  }
  return { url, headers, body: payload }
}
