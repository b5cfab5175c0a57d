import { ownProblem, type Problem, type Sent } from '../model/problem.ts'

/** A failure to verify the peer, or to speak TLS with it: names of OpenSSL's verify results and of Node's TLS errors. */
const tlsFault = /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH$|INVALID_CA$)/

const field = (error: unknown, name: 'code' | 'message'): string => {
  if (typeof error !== 'object' || error === null || !(name in error)) return ''
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value
  return typeof value === 'string' ? value : ''
}

/** What Node says of a socket: `ECONNREFUSED`, or its sentence when it has no code. A try of several addresses has several. */
const describe = (error: unknown): { code: string; text: string } => {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const code = field(first, 'code')
  const text = field(first, 'message')
  return { code, text: text.includes(code) ? text : `${code} ${text}`.trim() }
}

/** A failure of the network as a Problem. `sent` says whether the request was on its way when it happened. */
export const networkProblem = (error: unknown, peer: string, sent: Extract<Sent, 'never' | 'unknown'>): Problem => {
  const { code, text } = describe(error)
  const details = { message: `${peer}: ${text}`, cause: error, sent }
  if (tlsFault.test(code)) return ownProblem('Network.Tls', details)
  return ownProblem(sent === 'never' ? 'Network.Connect' : 'Network.Reset', details)
}
