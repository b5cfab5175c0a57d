import { lookup } from 'node:dns/promises'
import net from 'node:net'
import tls from 'node:tls'
import type { Handshake, Probe, Resolve, Served } from '../model/ports.ts'
import { ownProblem, type Problem } from '../model/problem.ts'
import { authority, bare, limited, proxyFor, settle } from './connect.ts'
import { networkProblem } from './faults.ts'

/** Time for one look: name, TCP, proxy and TLS together. Milliseconds. */
const handshakeTimeout = 5000

/**
 * What is offered so that only a leaf of that kind can be the answer. `signature_algorithms` speaks for the signatures of the chain,
 * too (RFC 8446 §4.2.3), and Node cannot send `signature_algorithms_cert`; an ECC leaf from an RSA authority is common. So ECC
 * offers RSA PKCS #1 v1.5 as well: TLS 1.3 allows it in chains only, and in TLS 1.2 the cipher suites exclude it for the leaf.
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
 * Only looks: whatever the leaf is, it is seen, nothing is sent to the host after the handshake, and every handshake is a full one.
 * Throws `Network.Timeout`, `Network.Connect`, `Network.Proxy`, `Network.Tls`, or the reason of the signal.
 */
export const handshake: Handshake = async (probe, signal) => {
  const url = urlOf(probe.at.host, probe.at.port)
  const proxy = proxyOf(probe, url)
  const at = authority(url)
  const peer = probe.at.host === probe.host ? at : `${probe.host} at ${at}`
  const late = () => {
    const message = `${peer}: no TLS handshake within ${handshakeTimeout / 1000} s`
    return ownProblem('Network.Timeout', { message })
  }
  const opened: net.Socket[] = []
  const keep = <T extends net.Socket>(socket: T): T => {
    // What is thrown away after the answer may still fail.
    socket.on('error', () => {})
    opened.push(socket)
    return socket
  }
  try {
    return await limited(handshakeTimeout, late, signal, async (either) => {
      either.throwIfAborted()
      const socket = await bare(url, proxy, either, keep)
      return await look(keep(tls.connect({ ...optionsFor(probe), socket })), probe, peer, either)
    })
  } finally {
    for (const socket of opened.reverse()) socket.destroy()
  }
}

/** Throws `Network.Connect` for what is no host. */
const urlOf = (host: string, port?: number): URL => {
  const name = net.isIPv6(host) ? `[${host}]` : host
  const url = URL.parse(port === undefined ? `https://${name}` : `https://${name}:${port}`)
  if (url === null) throw ownProblem('Network.Connect', { message: `${host}: no name or address of a host` })
  return url
}

/** An address was found by `resolve`, which looks up only names that need no proxy: `NO_PROXY` holds for it by the host's name. */
const proxyOf = ({ host, at }: Probe, url: URL): URL | undefined =>
  net.isIP(at.host) !== 0 && proxyFor(urlOf(host, at.port)) === undefined ? undefined : proxyFor(url)

const optionsFor = ({ host, algorithm }: Probe): tls.ConnectionOptions => ({
  ...(net.isIP(host) === 0 ? { servername: host } : {}),
  ...(algorithm === undefined ? {} : offers[algorithm]),
  ALPNProtocols: ['h2', 'http/1.1'],
  rejectUnauthorized: false,
  // Then `authorizationError` speaks of the chain only.
  checkServerIdentity: () => undefined,
})

const look = (socket: tls.TLSSocket, probe: Probe, peer: string, signal: AbortSignal): Promise<Served> =>
  settle(signal, (resolve, reject) => {
    let leaf: Served | undefined
    const end = (error: Error) => (leaf === undefined ? reject(failure(error, probe, peer)) : resolve(leaf))
    socket.once('secureConnect', () => {
      leaf = served(socket, probe)
      // The end goes out behind the handshake's last message; without that message the server would count a handshake as broken.
      socket.end(() => end(new Error('a TLS handshake without a certificate')))
    })
    socket.once('error', end)
    socket.once('close', () => end(new Error('closed during the TLS handshake')))
  })

/** OpenSSL's names for “no such certificate”: said by the server, or seen by the client where the server took no notice. */
const noSuchLeaf = /ALERT_HANDSHAKE_FAILURE$|WRONG_(SIGNATURE|CERTIFICATE)_TYPE$/

const failure = (error: Error & { code?: string; reason?: string }, { algorithm }: Probe, peer: string): Problem => {
  const { code = '', reason } = error
  if (!code.startsWith('ERR_SSL_') || reason === undefined) return networkProblem(error, peer, 'never')
  const said = code.endsWith('ALERT_HANDSHAKE_FAILURE') ? 'alert handshake_failure' : reason
  const what =
    algorithm !== undefined && noSuchLeaf.test(code) ? `no ${algorithm} certificate there` : 'no TLS handshake'
  return ownProblem('Network.Tls', { message: `${peer}: ${what} (${said})`, cause: error })
}

const served = (socket: tls.TLSSocket, { host }: Probe): Served | undefined => {
  const leaf = socket.getPeerX509Certificate()
  if (leaf === undefined) return undefined
  const kind = leaf.publicKey.asymmetricKeyType
  const distrust = [
    ...(socket.authorized ? [] : [chainFault(String(socket.authorizationError))]),
    ...(tls.checkServerIdentity(host, leaf.toLegacyObject()) === undefined ? [] : [`not valid for ${host}`]),
  ]
  return {
    sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    names: dnsNames(leaf.subjectAltName ?? ''),
    notBefore: leaf.validFromDate.getTime(),
    notAfter: leaf.validToDate.getTime(),
    algorithm: kind === 'ec' ? 'ECC' : kind === 'rsa' || kind === 'rsa-pss' ? 'RSA' : undefined,
    ...(distrust.length === 0 ? {} : { distrust: distrust.join('; ') }),
  }
}

/** Node writes `DNS:a.example, IP Address:…`, and puts quotes around a value that could be taken for more than one. */
const dnsNames = (altNames: string): string[] =>
  [...altNames.matchAll(/"(?:[^"\\]|\\.)*"|(?<=^|, )DNS:([^,"]+)/g)].flatMap(([, name]) => name ?? [])

/** OpenSSL's names of why a chain does not verify, in words. */
const chainFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'expired, or its issuer is',
  CERT_NOT_YET_VALID: 'not valid yet, or its issuer is not',
  CERT_SIGNATURE_FAILURE: 'not signed by its issuer',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  INVALID_PURPOSE: 'not made for servers',
  SELF_SIGNED_CERT_IN_CHAIN: 'issued under a root that this runner does not trust',
  UNABLE_TO_GET_ISSUER_CERT: 'issued by an authority that this runner does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'issued by an authority that this runner does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'sent without the certificate of its issuer, which this runner does not know',
}
const chainFault = (code: string): string => {
  const words = chainFaults[code]
  return words === undefined ? `not trusted (${code})` : `${words} (${code})`
}

/** The look-up itself cannot be stopped: after an abort it ends by itself, unheard. */
export const resolve: Resolve = async (host, signal) => {
  signal.throwIfAborted()
  if (net.isIP(host) !== 0 || proxyFor(urlOf(host)) !== undefined) return [host]
  const none = (code: string, cause?: unknown) =>
    ownProblem('Network.Connect', { message: `${host}: no address (${code})`, cause })
  const found = await settle<readonly { address: string }[]>(signal, (found, fail) => {
    lookup(host, { all: true }).then(found, (error: NodeJS.ErrnoException) =>
      fail(none(error.code ?? error.message, error)),
    )
  })
  if (found.length === 0) throw none('ENODATA')
  return [...new Set(found.map(({ address }) => address))]
}
