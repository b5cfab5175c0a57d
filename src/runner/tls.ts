import { lookup } from 'node:dns/promises'
import net from 'node:net'
import tls from 'node:tls'
import type { Handshake, Probe, Resolve, Served } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import { mapped, type Text } from '../util/language.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'
import { dnsNamesIn } from '../util/san.ts'
import { networkError, type Peer } from './faults.ts'
import { authority, type HttpProxy, nameOf, portOf, proxyFor } from './proxy.ts'
import { limited, settle, tunnel } from './tunnel.ts'

/** Time limit of one probe: DNS, TCP, proxy and TLS together. Milliseconds. */
const handshakeTimeout = 5000

/**
 * What is offered so that the server can answer only with a leaf of that algorithm. `signature_algorithms` also applies to the
 * signatures in the chain (RFC 8446 §4.2.3), and Node cannot send `signature_algorithms_cert`; an ECC leaf from an RSA CA is common.
 * So ECC offers RSA PKCS #1 v1.5 as well: TLS 1.3 allows it in chains only, and in TLS 1.2 the cipher suites exclude it for the leaf.
 */
const offers = {
  RSA: {
    sigalgs: [
      ...['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512'],
      ...['rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512'],
    ].join(':'),
    ciphers: `${tls.DEFAULT_CIPHERS}:!aECDSA`,
  },
  ECC: {
    sigalgs: [
      ...['ecdsa_secp256r1_sha256', 'ecdsa_secp384r1_sha384', 'ecdsa_secp521r1_sha512'],
      ...['rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512'],
    ].join(':'),
    ciphers: `${tls.DEFAULT_CIPHERS}:!aRSA`,
  },
} as const

/**
 * Only observes: accepts any leaf, sends nothing to the host after the handshake, and makes a full handshake every time.
 * Throws `Network.Timeout`, `Network.Connect`, `Network.Proxy`, `Network.Tls`, or the reason of the signal.
 */
export const handshake: Handshake = async (probe, signal) => {
  const url = urlOf(probe.at.host, probe.at.port)
  const proxy = proxyOf(probe, url)
  const address = authority(url)
  const peer: Peer = { address, name: probe.at.host === probe.host ? address : `${probe.host} at ${address}` }
  const late = () => {
    const message = `${peer.name}: no TLS handshake within ${handshakeTimeout / 1000} s`
    return ownProblem('Network.Timeout', { message, address })
  }
  return limited(handshakeTimeout, late, signal, async (either) => {
    either.throwIfAborted()
    const to =
      proxy === undefined ? { host: nameOf(url), port: portOf(url) } : { socket: await tunnel(proxy, address, either) }
    const socket = tls.connect({ ...optionsFor(probe), ...to })
    try {
      return await look(socket, probe, peer, either)
    } finally {
      socket.destroy()
    }
  })
}

/** Throws `Network.Connect` for an invalid host. */
const urlOf = (host: string, port?: number): URL => {
  const name = net.isIPv6(host) ? `[${host}]` : host
  const url = URL.parse(port === undefined ? `https://${name}` : `https://${name}:${port}`)
  if (url === null) throw ownProblem('Network.Connect', { message: `${host}: not a valid host name or address` })
  return url
}

/** An address comes from `resolve`, which looks up only names that need no proxy: so `NO_PROXY` is applied to the host's name. */
const proxyOf = ({ host, at }: Probe, url: URL): HttpProxy | undefined =>
  net.isIP(at.host) !== 0 && proxyFor(urlOf(host, at.port)) === undefined ? undefined : proxyFor(url)

const optionsFor = ({ host, algorithm }: Probe): tls.ConnectionOptions => ({
  ...(net.isIP(host) === 0 ? { servername: host } : {}),
  ...(algorithm === undefined ? {} : offers[algorithm]),
  ALPNProtocols: ['h2', 'http/1.1'],
  rejectUnauthorized: false,
  // So that `authorizationError` is about the chain only.
  checkServerIdentity: () => undefined,
})

const look = (socket: tls.TLSSocket, probe: Probe, peer: Peer, signal: AbortSignal): Promise<Served> =>
  settle(signal, (resolve, reject) => {
    let leaf: Served | undefined
    const end = (error?: Error) => {
      leaf ??= seenBefore(error, socket, probe)
      if (leaf === undefined) reject(failure(error, probe, peer))
      else resolve(leaf)
    }
    socket.once('secureConnect', () => {
      leaf = served(socket, probe)
      // Ends the connection after the handshake's last message, without which the server would count the handshake as failed.
      socket.end(end)
    })
    // The socket may still fail after the result is known.
    socket.on('error', end)
    socket.once('close', () => end())
  })

/**
 * The leaf of a handshake that the server ended with an alert after it had proved its certificate: in TLS 1.2, this is how a server
 * refuses a client without a client certificate.
 */
const seenBefore = (error: (Error & { code?: string }) | undefined, socket: tls.TLSSocket, probe: Probe) =>
  error?.code?.includes('_ALERT_') ? served(socket, probe) : undefined

/** OpenSSL's names for “no such certificate”: reported by the server, or by the client if the server ignored what was offered. */
const noSuchLeaf = /ALERT_HANDSHAKE_FAILURE$|WRONG_(SIGNATURE|CERTIFICATE)_TYPE$/

const failure = (
  error: (Error & { code?: string; reason?: string }) | undefined,
  { algorithm }: Probe,
  peer: Peer,
): unknown => {
  const { address, name } = peer
  if (error === undefined)
    return ownProblem('Network.Connect', { message: `${name}: closed during the TLS handshake`, address })
  const { code = '', reason } = error
  if (!code.startsWith('ERR_SSL_') || reason === undefined) return networkError(error, peer, 'never')
  const said = code.endsWith('ALERT_HANDSHAKE_FAILURE') ? 'alert handshake_failure' : reason
  const what =
    algorithm !== undefined && noSuchLeaf.test(code) ? `it has no ${algorithm} certificate` : 'no TLS handshake'
  return ownProblem('Network.Tls', { message: `${name}: ${what} (${said})`, errno: code, address, cause: error })
}

const served = (socket: tls.TLSSocket, { host }: Probe): Served | undefined => {
  const leaf = socket.getPeerX509Certificate()
  if (leaf === undefined) return undefined
  const kind = leaf.publicKey.asymmetricKeyType
  const distrust = [
    // Known only when the handshake is complete.
    ...(socket.authorized || !socket.authorizationError ? [] : [chainFault(String(socket.authorizationError))]),
    ...(tls.checkServerIdentity(host, leaf.toLegacyObject()) === undefined ? [] : [otherName(host)]),
  ]
  return {
    sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    names: dnsNamesIn(leaf.subjectAltName),
    notBefore: leaf.validFromDate.getTime(),
    notAfter: leaf.validToDate.getTime(),
    algorithm: kind === 'ec' ? 'ECC' : kind === 'rsa' || kind === 'rsa-pss' ? 'RSA' : undefined,
    ...(isNonEmpty(distrust) ? { distrust: joined(distrust) } : {}),
  }
}

const otherName = (host: string): Text => ({ en: `not valid for ${host}`, zh: `证书不包含 ${host}` })

const joined = (all: NonEmpty<Text>): Text => ({
  en: all.map(({ en }) => en).join('; '),
  zh: all.map(({ zh }) => zh).join('；'),
})

const unknownIssuer = { en: 'issued by an authority that this runner does not know', zh: '此 runner 不认识颁发机构' }
/** OpenSSL's reasons why a chain does not verify, in words. */
const chainFaults: Readonly<Record<string, Text>> = {
  CERT_HAS_EXPIRED: { en: 'it or its issuer has expired', zh: '证书或其颁发者证书已过期' },
  CERT_NOT_YET_VALID: { en: 'it or its issuer is not valid yet', zh: '证书或其颁发者证书尚未生效' },
  CERT_SIGNATURE_FAILURE: { en: 'not signed by its issuer', zh: '签名与颁发者不符' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { en: 'self-signed', zh: '自签名证书' },
  INVALID_PURPOSE: { en: 'not intended for servers', zh: '证书用途不包括服务器认证' },
  SELF_SIGNED_CERT_IN_CHAIN: {
    en: 'issued under a root that this runner does not trust',
    zh: '根证书不受此 runner 信任',
  },
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    en: 'sent without the certificate of its issuer, which this runner does not know',
    zh: '未发送中间证书，且此 runner 不认识其颁发者',
  },
}
const chainFault = (code: string): Text => {
  const words = chainFaults[code] ?? { en: 'not trusted', zh: '不受信任' }
  return mapped(words, (text) => `${text} (${code})`)
}

/** The lookup itself cannot be stopped: after an abort, its result is ignored. */
export const resolve: Resolve = async (host, signal) => {
  signal.throwIfAborted()
  if (net.isIP(host) !== 0 || proxyFor(urlOf(host)) !== undefined) return [host]
  const none = (errno: string, cause?: unknown) =>
    ownProblem('Network.Connect', { message: `${host}: no address (${errno})`, errno, cause })
  const found = await settle<readonly { address: string }[]>(signal, (found, fail) => {
    lookup(host, { all: true }).then(found, (error: NodeJS.ErrnoException) =>
      fail(none(error.code ?? error.message, error)),
    )
  })
  if (found.length === 0) throw none('ENODATA')
  return [...new Set(found.map(({ address }) => address))]
}
