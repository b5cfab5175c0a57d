import { getSystemErrorMap } from 'node:util'
import { ownProblem, Problem, type Sent } from '../model/problem.ts'
import { inBoth, type Text } from '../util/language.ts'

/** Names of OpenSSL's verification results and of Node's TLS errors: the peer was not verified, or does not speak TLS. */
const tlsFault =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|CRL_|CA_|EE_|ERROR_IN_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|PATH_LENGTH_|INVALID_(CA|PURPOSE)$|HOSTNAME_MISMATCH$)/

/** The system's error names, and Node's own name for a failed DNS lookup. */
const systemFaults: ReadonlySet<string> = new Set([
  ...[...getSystemErrorMap().values()].map(([name]) => name),
  'ENOTFOUND',
])

/** undici's network errors, in words. Its other errors mean misuse, which is a defect. */
const undiciFaults: Readonly<Record<string, Text>> = {
  UND_ERR_CONNECT_TIMEOUT: { en: 'no connection in time', zh: '连接超时' },
  UND_ERR_HEADERS_OVERFLOW: { en: 'the headers of the answer are too large', zh: '响应头过大' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    en: 'the answer does not have the length that it states',
    zh: '响应的实际长度与声明的长度不一致',
  },
  UND_ERR_SOCKET: { en: 'the peer closed the connection', zh: '对端关闭了连接' },
}
const notHttp: Text = { en: 'does not speak HTTP/1.1', zh: '对端使用的不是 HTTP/1.1' }

/** The other end of a connection. */
export interface Peer {
  /** `host:port`. */
  readonly address: string
  /** The peer's name in messages; the address when absent. */
  readonly name?: Text
}

/**
 * What to throw for an error of a connection: a Problem for a known network error, otherwise the error itself, which is a Problem
 * already, the reason of a signal, or a defect. `sent` says whether the request had been sent.
 */
export const networkError = (error: unknown, peer: Peer, sent: Extract<Sent, 'never' | 'unknown'>): unknown => {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  if (!(first instanceof Error) || first instanceof Problem) return error
  const code = codeOf(first)
  const known = { ...peer, sent, cause: error }
  if (tlsFault.test(code)) return problem('Network.Tls', { ...known, errno: code, text: withCode(first, code) })
  const gone = sent === 'never' ? 'Network.Connect' : 'Network.Reset'
  if (systemFaults.has(code)) return problem(gone, { ...known, errno: code, text: withCode(first, code) })
  const words = undiciFaults[code]
  if (words !== undefined) return problem(gone, { ...known, errno: errnoOf(first.cause), text: words })
  if (first.name === 'HTTPParserError')
    return problem(sent === 'never' ? 'Network.Connect' : 'Network.Response', {
      ...known,
      text: notHttp,
    })
  return error
}

interface Fault extends Peer {
  readonly text: Text
  readonly sent: Sent
  readonly cause: unknown
  readonly errno?: string | undefined
}

const problem = (code: Parameters<typeof ownProblem>[0], { text, name, address, sent, cause, errno }: Fault): Problem =>
  ownProblem(code, {
    message: { en: `${name?.en ?? address}: ${text.en}`, zh: `${name?.zh ?? address}：${text.zh}` },
    ...{ address, errno, sent, cause },
  })

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const withCode = ({ message }: Error, code: string): Text =>
  inBoth(message.includes(code) ? message : `${code} ${message}`.trim())

/** Some of undici's errors wrap the system's error. */
const errnoOf = (cause: unknown): string | undefined => {
  const code = codeOf(cause instanceof AggregateError ? cause.errors[0] : cause)
  return systemFaults.has(code) ? code : undefined
}
