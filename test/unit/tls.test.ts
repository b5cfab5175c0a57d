import 'reflect-metadata'
import { createHash, webcrypto, X509Certificate } from 'node:crypto'
import http from 'node:http'
import net from 'node:net'
import { networkInterfaces } from 'node:os'
import tls from 'node:tls'
import * as x509 from '@peculiar/x509'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Probe } from '../../src/model/ports.ts'
import { handshake, resolve } from '../../src/runner/tls.ts'
import { inEnglish } from '../support/english.ts'
import { authority, type Issued } from '../world/certificates.ts'
import { cleanNetwork, failed, listening, never, open, tunnelling } from './servers.ts'

const day = 86_400_000
const host = 'www.example.com'
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const
const ecc = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
type Kind = typeof rsa | typeof ecc

const keysOf = (kind: Kind): Promise<webcrypto.CryptoKeyPair> =>
  kind.name === 'ECDSA'
    ? webcrypto.subtle.generateKey(kind, true, ['sign', 'verify'])
    : webcrypto.subtle.generateKey(kind, true, ['sign', 'verify'])

/** An authority with keys of one kind, that issues leaves of any. */
const mixed = async (kind: Kind) => {
  const keys = await keysOf(kind)
  const validity = { notBefore: new Date(Date.now() - 9 * day), notAfter: new Date(Date.now() + 9 * day) }
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${kind.name} Root`,
    ...validity,
    signingAlgorithm: kind,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  })
  const issue = async (leafKind: Kind, notAfter = validity.notAfter): Promise<Issued> => {
    const leaf = await keysOf(leafKind)
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${host}`,
      issuer: root.subject,
      ...validity,
      notAfter,
      signingAlgorithm: kind,
      publicKey: leaf.publicKey,
      signingKey: keys.privateKey,
      extensions: [
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: host },
          { type: 'url', value: 'https://a.example/?b, DNS:not.example' },
          { type: 'dns', value: '*.example.org' },
          { type: 'ip', value: '192.0.2.1' },
        ]),
      ],
    })
    const der = await webcrypto.subtle.exportKey('pkcs8', leaf.privateKey)
    return { certificate: certificate.toString('pem'), privateKey: x509.PemConverter.encode(der, 'PRIVATE KEY') }
  }
  return { root: root.toString('pem'), issue }
}

const rsaRoot = await mixed(rsa)
const eccRoot = await mixed(ecc)
const leaves = {
  rsa: await rsaRoot.issue(rsa),
  ecc: await eccRoot.issue(ecc),
  rsaByEcc: await eccRoot.issue(rsa),
  eccByRsa: await rsaRoot.issue(ecc),
  expired: await eccRoot.issue(ecc, new Date(Date.now() - day)),
}
const stranger = await (await authority()).issue([host])

const sha256 = ({ certificate }: Issued) =>
  createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex')

const roots = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([rsaRoot.root, eccRoot.root]))
afterAll(() => tls.setDefaultCACertificates(roots))

cleanNetwork()

const serving = (issued: readonly Issued[], options: tls.TlsOptions = {}) =>
  tls.createServer({
    cert: issued.map(({ certificate }) => certificate),
    key: issued.map(({ privateKey }) => privateKey),
    ALPNProtocols: ['h2', 'http/1.1'],
    ...options,
  })

const probe = (port: number, change: Partial<Probe> = {}): Probe => ({
  host,
  at: { host: '127.0.0.1', port },
  ...change,
})
test('reports the leaf that is served', async () => {
  const port = await listening(serving([leaves.rsa]))
  const { validFromDate, validToDate } = new X509Certificate(leaves.rsa.certificate)
  expect(await handshake(probe(port), never)).toStrictEqual({
    sha256: sha256(leaves.rsa),
    names: [host, '*.example.org'],
    notBefore: validFromDate.getTime(),
    notAfter: validToDate.getTime(),
    algorithm: 'RSA',
  })
})

test('the host is asked for by SNI, as a browser does, without resumption and without a request', async () => {
  const seen: unknown[] = []
  const server = serving([stranger], {
    SNICallback: (name, done) => {
      seen.push(name)
      done(null, tls.createSecureContext({ cert: leaves.ecc.certificate, key: leaves.ecc.privateKey }))
    },
  })
  const closed = new Promise<void>((done) => {
    let left = 2
    server.on('secureConnection', (socket) => {
      seen.push(socket.alpnProtocol, socket.isSessionReused())
      socket.on('data', () => seen.push('data'))
      socket.on('error', () => {})
      socket.on('close', () => --left === 0 && done())
    })
  })
  const port = await listening(server)
  for (const _ of [1, 2]) {
    expect(inEnglish(await handshake(probe(port), never))).toMatchObject({
      sha256: sha256(leaves.ecc),
      algorithm: 'ECC',
    })
  }
  await closed
  expect(seen).toEqual([host, 'h2', false, host, 'h2', false])
})

const versions = ['TLSv1.2', 'TLSv1.3'] as const
const kinds = ['RSA', 'ECC'] as const
const pairs = [
  { rsa: leaves.rsa, ecc: leaves.ecc, chains: 'of their own kind' },
  { rsa: leaves.rsaByEcc, ecc: leaves.eccByRsa, chains: 'of the other kind' },
]
const cases = versions.flatMap((version) => kinds.flatMap((kind) => pairs.map((pair) => ({ version, kind, ...pair }))))

test.each(cases)('$version: the $kind leaf of two, from authorities $chains', async ({ version, kind, ...pair }) => {
  const [wanted, other] = kind === 'RSA' ? [pair.rsa, pair.ecc] : [pair.ecc, pair.rsa]
  for (const issued of [
    [wanted, other],
    [other, wanted],
  ]) {
    const port = await listening(serving(issued, { minVersion: version, maxVersion: version }))
    const leaf = await handshake(probe(port, { algorithm: kind }), never)
    expect(leaf).toMatchObject({ sha256: sha256(wanted), algorithm: kind })
    expect(leaf.distrust).toBeUndefined()
  }
})

test.each(cases)('$version: no $kind leaf, from authorities $chains', async ({ version, kind, ...pair }) => {
  const issued = kind === 'RSA' ? pair.ecc : pair.rsa
  const port = await listening(serving([issued], { minVersion: version, maxVersion: version }))
  expect(await failed(handshake(probe(port, { algorithm: kind }), never))).toMatchObject({
    code: 'Network.Tls',
    message: `${host} at 127.0.0.1:${port}: it has no ${kind} certificate (alert handshake_failure)`,
  })
})

test('says that a chain is not trusted', async () => {
  const port = await listening(serving([stranger]))
  expect(await handshake(probe(port), never)).toMatchObject({
    sha256: sha256(stranger),
    names: [host],
    distrust: {
      en: expect.stringMatching(/^sent without the certificate of its issuer.* \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)$/),
      zh: expect.stringMatching(/^未附带颁发者证书.*（UNABLE_TO_VERIFY_LEAF_SIGNATURE）$/),
    },
  })
})

test('sees the leaf of a server that requires a client certificate, which TLS 1.3 refuses after the handshake', async () => {
  const options = { requestCert: true, ca: eccRoot.root, minVersion: 'TLSv1.3' } as const
  const port = await listening(serving([leaves.ecc], options))
  expect((await handshake(probe(port), never)).sha256).toBe(sha256(leaves.ecc))
})

const askingForClients = {
  requestCert: true,
  rejectUnauthorized: true,
  ca: eccRoot.root,
  maxVersion: 'TLSv1.2',
} as const

test.each(kinds)(
  'TLS 1.2: a server that refuses a client without a certificate has shown its %s leaf',
  async (kind) => {
    const wanted = kind === 'RSA' ? leaves.rsa : leaves.ecc
    const port = await listening(serving([leaves.rsa, leaves.ecc], askingForClients))
    const leaf = await handshake(probe(port, { algorithm: kind }), never)
    expect(leaf).toMatchObject({ sha256: sha256(wanted), algorithm: kind })
    expect(leaf.distrust).toBeUndefined()
  },
)

test('TLS 1.2: says that a server that requires a client certificate has no leaf of the kind', async () => {
  const port = await listening(serving([leaves.rsa], askingForClients))
  expect(await failed(handshake(probe(port, { algorithm: 'ECC' }), never))).toMatchObject({
    code: 'Network.Tls',
    message: expect.stringContaining('it has no ECC certificate'),
    errno: expect.stringContaining('ALERT_HANDSHAKE_FAILURE'),
    address: `127.0.0.1:${port}`,
  })
})

test('says that the leaf does not cover the name', async () => {
  const port = await listening(serving([leaves.ecc]))
  const leaf = await handshake(probe(port, { host: 'other.example.com' }), never)
  expect(inEnglish(leaf)).toMatchObject({ sha256: sha256(leaves.ecc), distrust: 'not valid for other.example.com' })
})

test('says that neither chain nor name is right', async () => {
  const port = await listening(serving([stranger]))
  const { distrust } = await handshake(probe(port, { host: 'other.example.com' }), never)
  expect(distrust?.en).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE\); not valid for other\.example\.com$/)
})

test('a wildcard of the leaf covers the host', async () => {
  const port = await listening(serving([leaves.ecc]))
  expect((await handshake(probe(port, { host: 'a.example.org' }), never)).distrust).toBeUndefined()
})

test('an expired leaf is still reported', async () => {
  const port = await listening(serving([leaves.expired]))
  const leaf = await handshake(probe(port), never)
  expect(inEnglish(leaf)).toMatchObject({
    sha256: sha256(leaves.expired),
    distrust: 'it or its issuer has expired (CERT_HAS_EXPIRED)',
  })
  expect(leaf.notAfter).toBeLessThan(Date.now())
})

test('says that a server closed at once', async () => {
  const port = await listening(net.createServer((socket) => socket.destroy()))
  const problem = await failed(handshake(probe(port), never))
  expect(problem).toMatchObject({ code: 'Network.Connect', sent: 'never', address: `127.0.0.1:${port}` })
})

test('says that a server refuses connections', async () => {
  const port = await listening(net.createServer())
  for (const close of open.splice(0)) close()
  const { code, message } = await failed(handshake(probe(port, { at: { host: 'localhost', port } }), never))
  expect(code).toBe('Network.Connect')
  expect(message).toContain('ECONNREFUSED')
})

test('says that a server speaks no TLS', async () => {
  const port = await listening(http.createServer())
  const { code, message } = await failed(handshake(probe(port, { algorithm: 'RSA' }), never))
  expect(code).toBe('Network.Tls')
  expect(message).toMatch(/: no TLS handshake \([a-z ]+\)$/)
})

test('an alert without a kind asked for speaks of no kind', async () => {
  const port = await listening(serving([leaves.ecc], { SNICallback: (_, done) => done(new Error('unknown')) }))
  const { message } = await failed(handshake(probe(port), never))
  expect(message).not.toMatch(/RSA|ECC/)
})

test('a handshake that hangs ends at the time limit, or when the signal aborts', { timeout: 10_000 }, async () => {
  const port = await listening(net.createServer())
  const reason = new Error('stop')
  const stop = new AbortController()
  setTimeout(() => stop.abort(reason), 100)
  await expect(handshake(probe(port), stop.signal)).rejects.toBe(reason)
  await expect(handshake(probe(port), stop.signal)).rejects.toBe(reason)

  const start = performance.now()
  expect(
    await failed(handshake(probe(port, { host: 'localhost', at: { host: 'localhost', port } }), never)),
  ).toMatchObject({
    code: 'Network.Timeout',
    message: `localhost:${port}: no TLS handshake within 5 s`,
  })
  expect(performance.now() - start).toBeLessThan(6000)
})

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))

test.skipIf(!hasIpv6)('connects to an IPv6 address', async () => {
  const port = await listening(serving([leaves.ecc]), '::1')
  const leaf = await handshake(probe(port, { at: { host: '::1', port } }), never)
  expect(leaf.sha256).toBe(sha256(leaves.ecc))
})

/** A proxy that tunnels to a port of this machine; gives what it is asked for. */
const proxyTo = async (port: number, status = 200) => {
  const proxy = tunnelling(http.createServer(), port, status)
  process.env['HTTPS_PROXY'] = `http://127.0.0.1:${await listening(proxy)}`
  return proxy.asked
}

test('connects through a proxy, by name and by address', async () => {
  const port = await listening(serving([leaves.rsa, leaves.ecc]))
  const asked = await proxyTo(port)
  const byName = await handshake(probe(443, { at: { host: 'edge.example.com', port: 443 }, algorithm: 'ECC' }), never)
  expect(byName).toMatchObject({ sha256: sha256(leaves.ecc), algorithm: 'ECC' })
  await handshake(probe(port, { at: { host: '2001:db8::1', port: 8443 } }), never)
  expect(asked.map(({ target }) => target)).toEqual(['edge.example.com:443', '[2001:db8::1]:8443'])
})

test.each(['127.0.0.1', host, '*'])('NO_PROXY %s', async (exempt) => {
  const port = await listening(serving([leaves.ecc]))
  const asked = await proxyTo(port)
  process.env['NO_PROXY'] = exempt
  await handshake(probe(port), never)
  expect(asked).toEqual([])
})

test.each([
  [407, 'Network.Proxy'],
  [502, 'Network.Connect'],
])('a proxy that answers %d', async (status, code) => {
  await proxyTo(1, status)
  const address = process.env['HTTPS_PROXY']?.replace('http://', '')
  expect(await failed(handshake(probe(443), never))).toMatchObject({ code, status, address })
})

test('nothing stays open after an answer', async () => {
  const server = serving([leaves.ecc])
  const port = await listening(server)
  await proxyTo(port)
  await handshake(probe(port), never)
  delete process.env['HTTPS_PROXY']
  await handshake(probe(port), never)
  await expect
    .poll(() => new Promise((done) => server.getConnections((_, count) => done(count))), { timeout: 2000 })
    .toBe(0)
})

test('resolve gives every address once', async () => {
  const found = await resolve('localhost', never)
  expect(found.length).toBeGreaterThan(0)
  expect(new Set(found).size).toBe(found.length)
  for (const address of found) expect(['127.0.0.1', '::1']).toContain(address)
})

test.each(['192.0.2.1', '2001:db8::1'])('resolve: %s is its own address', async (address) => {
  expect(await resolve(address, never)).toEqual([address])
})

test('resolve gives the name itself behind a proxy, which looks it up', async () => {
  process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1'
  expect(await resolve('no-such-name.invalid', never)).toEqual(['no-such-name.invalid'])
  process.env['NO_PROXY'] = 'localhost'
  expect(await resolve('localhost', never)).not.toContain('localhost')
})

test('resolve says that a name does not exist', async () => {
  const { code, message, errno } = await failed(resolve('no-such-name.invalid', never))
  expect(message).toContain(errno)
  expect(code).toBe('Network.Connect')
  // A machine without DNS says EAI_AGAIN.
  expect(message).toMatch(/^no-such-name\.invalid: no address \((ENOTFOUND|EAI_AGAIN)\)$/)
})

test('resolve ends when the signal aborts', async () => {
  const reason = new Error('stop')
  const stop = new AbortController()
  const outcome = resolve('no-such-name.invalid', stop.signal)
  stop.abort(reason)
  await expect(outcome).rejects.toBe(reason)
  await expect(resolve('localhost', stop.signal)).rejects.toBe(reason)
})
