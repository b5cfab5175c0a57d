import net from 'node:net'
import tls from 'node:tls'
import { type authority, isAlgorithm, type Leaf } from './certificates.ts'
import type { Account, Certificate, Handshake, Host, Zone } from './state.ts'
import { certificateOf, inEffect } from './teo-hosts.ts'

/** The edge: a TLS server that serves the certificates that the API bound, by server name. */

type Issue = Awaited<ReturnType<typeof authority>>['issue']

/** The name in a ClientHello (RFC 8446, 4.1.2, and RFC 6066, 3), '' when there is none, undefined while it is incomplete. */
const nameIn = (bytes: Buffer): string | undefined => {
  if (bytes.length < 5 || bytes.length < 5 + bytes.readUInt16BE(3)) return undefined
  let at = 5 + 4 + 2 + 32
  at += 1 + bytes.readUInt8(at)
  at += 2 + bytes.readUInt16BE(at)
  at += 1 + bytes.readUInt8(at)
  const end = at + 2 + bytes.readUInt16BE(at)
  for (at += 2; at < end; at += 4 + bytes.readUInt16BE(at + 2)) {
    if (bytes.readUInt16BE(at) !== 0) continue
    return bytes.toString('latin1', at + 9, at + 9 + bytes.readUInt16BE(at + 7)).toLowerCase()
  }
  return ''
}

/** Reads the server name, and puts the bytes back into the socket. */
const readName = (socket: net.Socket): Promise<string> =>
  new Promise((resolve) => {
    let bytes = Buffer.alloc(0)
    const read = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      // The TLS server refuses anything that is not a ClientHello.
      const name = bytes[0] === 22 ? nameIn(bytes) : ''
      if (name === undefined) return
      socket.off('data', read).pause().unshift(bytes)
      resolve(name)
    }
    socket.on('data', read)
  })

/** A host, otherwise the nearest wildcard above it. */
const find = ({ zones }: Account, name: string): readonly [Zone, Host] | undefined => {
  const labels = name.split('.')
  const names = [name, ...labels.slice(1).map((_, index) => ['*', ...labels.slice(index + 1)].join('.'))]
  for (const one of names) {
    for (const zone of zones.values()) {
      const host = zone.hosts.get(one)
      if (host) return [zone, host]
    }
  }
  return undefined
}

const made = new Map<string, Promise<Leaf>>()

/** The uploaded certificate; for one that exists only as data, a real one that is made once per process. */
const real = async (issue: Issue, certificate: Certificate): Promise<NonNullable<Certificate['pem']>> => {
  if (certificate.pem) return certificate.pem
  const { id, algorithm, names, notBefore, notAfter } = certificate
  const [first, ...others] = names
  if (!isAlgorithm(algorithm) || first === undefined) throw new Error(`the edge cannot make ${id}, ${algorithm}`)
  const key = JSON.stringify([id, algorithm, names, notBefore, notAfter])
  const leaf = made.get(key) ?? issue([first, ...others], { algorithm, notBefore, notAfter })
  made.set(key, leaf)
  const { chain, privateKey, sha256 } = await leaf
  certificate.pem ??= { chain, privateKey, sha256 }
  return certificate.pem
}

/** The real certificate with an ID, as the edge serves it. */
export const leafOf = async (account: Account, issue: Issue, id: string) => {
  const certificate = certificateOf(account, id)
  if (!certificate) throw new Error(`no certificate ${id}`)
  return real(issue, certificate)
}

// Weak certificates are also served.
const ciphers = `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0`

/** SNICallback supports only one certificate per name, so the name is read first, and each connection has its own server. */
const serve = (socket: net.Socket, options: tls.TlsOptions, done: (socket: tls.TLSSocket) => void = () => {}): void => {
  const server = tls.createServer({ ...options, ciphers, ALPNProtocols: ['h2', 'http/1.1'] })
  server.on('secureConnection', (secure) => {
    secure.on('error', () => {}).resume()
    done(secure)
  })
  server.on('tlsClientError', () => {})
  server.emit('connection', socket)
}

const isOn = (client: unknown): boolean =>
  typeof client === 'object' && client !== null && 'Switch' in client && client.Switch === 'on'

const answer = async (account: Account, issue: Issue, socket: net.Socket): Promise<void> => {
  const name = await readName(socket)
  const handshake: Handshake = { host: name }
  account.handshakes.push(handshake)
  const found = find(account, name)
  if (found?.[1].edgeHangs) return
  if (found?.[1].edgeDown) return void socket.destroy()
  const ids = found ? (found[1].edgeServes ?? inEffect(account, ...found)) : []
  const list = ids
    .flatMap((id) => certificateOf(account, id) ?? [])
    .filter(({ algorithm, pem }) => pem !== undefined || isAlgorithm(algorithm))
  const pems = await Promise.all(list.map((one) => real(issue, one)))
  const [key, cert] = [pems.map(({ privateKey }) => privateKey), pems.map(({ chain }) => chain)]
  const clients = isOn(found?.[1].client) ? { requestCert: true, rejectUnauthorized: true, ca: cert } : {}
  serve(socket, { key, cert, maxVersion: account.edgeTls, ...clients }, (secure) => {
    const bits = secure.getX509Certificate()?.publicKey.asymmetricKeyType
    handshake.algorithm = bits === 'rsa' ? 'RSA' : 'ECC'
  })
}

const listen = (take: (socket: net.Socket) => void) => {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    take(socket)
  })
  const closeAllConnections = () => {
    for (const socket of sockets) socket.destroy()
  }
  return Object.assign(server, { closeAllConnections })
}

export const edgeServer = (account: Account, issue: Issue) =>
  listen((socket) => {
    answer(account, issue, socket).catch(() => socket.destroy())
  })

/** The server for names that do not lead to EdgeOne; it has one certificate. */
export const foreignServer = (
  certificate: () => Promise<{ readonly certificate: string; readonly privateKey: string }>,
) =>
  listen(async (socket) => {
    const { certificate: cert, privateKey: key } = await certificate()
    serve(socket, { key, cert })
  })
