import { getEventListeners, once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { ownProblem, Problem } from '../../src/model/problem.ts'
import { type Limits, network } from '../../src/runner/http.ts'
import { open as connect } from '../../src/runner/tunnel.ts'
import { inBoth } from '../../src/util/language.ts'
import { authority } from '../world/certificates.ts'
import { cleanNetwork, failed, listening, never, open, tunnelling } from './servers.ts'

cleanNetwork()

const { root, issue } = await authority()
const { certificate, privateKey } = await issue(['localhost'], { via: 'root' })
const tlsOptions = { cert: certificate, key: privateKey }

const roots = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([root]))
afterAll(() => tls.setDefaultCACertificates(roots))
afterEach(() => {
  vi.unstubAllEnvs()
})

const usual: Limits = { connectMs: 10_000, answerMs: 60_000, answerBytes: 10 * 1024 * 1024 }

/** A network of its own for each request, closed after the test. */
const newNetwork = (limits: Partial<Limits> = {}) => {
  const made = network(process.env, { ...usual, ...limits })
  open.push(made.close)
  return made
}

const body = Buffer.from('{"a":1}')
const requestTo = (url: string) => ({ url: new URL(url), headers: { 'content-type': 'application/json' }, body })
const send = (url: string, limits?: Partial<Limits>, signal = never) => newNetwork(limits).send(requestTo(url), signal)

const serving = async (listener: http.RequestListener) =>
  `http://127.0.0.1:${await listening(http.createServer(listener))}/`
const servingRaw = async (take: (socket: net.Socket) => void) =>
  `http://127.0.0.1:${await listening(net.createServer((socket) => socket.once('data', () => take(socket))))}/`

test('sends a request over TLS, verified, as HTTP/1.1, and gives the answer as it is', async () => {
  const seen: unknown[] = []
  const server = https.createServer({ ...tlsOptions, ALPNProtocols: ['h2', 'http/1.1'] }, async (request, response) => {
    const { method, url, headers, httpVersion, socket } = request
    const content = await text(request)
    const { alpnProtocol } = socket as tls.TLSSocket
    seen.push(method, url, headers['content-length'], httpVersion, alpnProtocol, content)
    response.writeHead(418, { date: 'Tue, 24 Nov 2026 00:00:00 GMT', 'Retry-After': '3' }).end('{"ü":1}')
  })
  const port = await listening(server)
  const answer = await send(`https://localhost:${port}/path?query=1`)
  const headers: unknown = expect.objectContaining({ 'retry-after': '3' })
  expect(answer).toStrictEqual({ status: 418, date: 'Tue, 24 Nov 2026 00:00:00 GMT', headers, body: '{"ü":1}' })
  expect(seen).toEqual(['POST', '/path?query=1', '7', '1.1', 'http/1.1', '{"a":1}'])
})

test('keeps the connection for the next request', async () => {
  let connections = 0
  const server = http.createServer((_, response) => response.end('{}'))
  server.on('connection', () => connections++)
  const url = `http://127.0.0.1:${await listening(server)}/`
  const { send: again } = newNetwork()
  await again(requestTo(url), never)
  await again(requestTo(url), never)
  expect(connections).toBe(1)
})

test('does not follow a redirect', async () => {
  const url = await serving((_, response) => response.writeHead(307, { location: '/elsewhere' }).end())
  expect(await send(url)).toMatchObject({ status: 307, body: '' })
})

test('limits the time for a connection as a whole', async () => {
  // TCP opens at once, TLS never.
  const port = await listening(net.createServer())
  expect(await failed(send(`https://localhost:${port}/`, { connectMs: 100 }))).toMatchObject({
    code: 'Network.Connect',
    message: `No connection to localhost:${port} within 0.1 s`,
    address: `localhost:${port}`,
    sent: 'never',
  })
})

test('limits the time for a connection through a silent proxy', async () => {
  const proxy = http.createServer()
  proxy.on('connect', () => {})
  const port = await listening(proxy)
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`)
  expect(await failed(send('https://api.example/', { connectMs: 100 }))).toMatchObject({
    code: 'Network.Connect',
    address: `127.0.0.1:${port}`,
    sent: 'never',
  })
})

test.each<[string, http.RequestListener]>([
  ['is silent', () => {}],
  [
    'trickles',
    (_, response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    },
  ],
])('limits the time for a whole answer: a service that %s', async (_, listener) => {
  const url = await serving(listener)
  const start = performance.now()
  expect(await failed(send(url, { answerMs: 300 }))).toMatchObject({
    code: 'Network.Timeout',
    message: `${new URL(url).host}: no complete answer within 0.3 s`,
    address: new URL(url).host,
    sent: 'unknown',
  })
  expect(performance.now() - start).toBeLessThan(2000)
})

test('limits the size of an answer, and closes the connection', async () => {
  const closed = Promise.withResolvers<void>()
  const url = await serving((_, response) => {
    response.on('close', closed.resolve)
    response.write(Buffer.alloc(2 * 1024 * 1024))
  })
  const problem = await failed(send(url, { answerBytes: 1024 * 1024 }))
  expect(problem).toMatchObject({ code: 'Network.TooLarge', sent: 'unknown', address: new URL(url).host })
  expect(problem.message).toContain('more than 1 MiB')
  await closed.promise
})

test('takes an answer of the largest size', async () => {
  const url = await serving((_, response) => response.end('x'.repeat(1024)))
  expect((await send(url, { answerBytes: 1024 })).body).toHaveLength(1024)
  expect((await failed(send(url, { answerBytes: 1023 }))).code).toBe('Network.TooLarge')
})

test.each<[string, (socket: net.Socket) => void, object]>([
  ['closed before the answer', (socket) => socket.destroy(), { code: 'Network.Reset' }],
  ['reset before the answer', (socket) => socket.resetAndDestroy(), { code: 'Network.Reset', errno: 'ECONNRESET' }],
  [
    'closed within the answer',
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a"'),
    { code: 'Network.Reset' },
  ],
  [
    'reset within the answer',
    (socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a"', () =>
        setTimeout(() => socket.resetAndDestroy(), 50),
      ),
    { code: 'Network.Reset', errno: 'ECONNRESET' },
  ],
  ['without HTTP', (socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'), { code: 'Network.Response' }],
])('a connection that is %s', async (_, take, expected) => {
  let requests = 0
  const url = await servingRaw((socket) => {
    requests += 1
    take(socket)
  })
  expect(await failed(send(url))).toMatchObject({ ...expected, address: new URL(url).host, sent: 'unknown' })
  expect(requests).toBe(1)
})

test('a port where nothing listens is a refused connection, with errno and address', async () => {
  const port = await listening(net.createServer())
  for (const close of open.splice(0)) close()
  expect(await failed(send(`http://127.0.0.1:${port}/`))).toMatchObject({
    code: 'Network.Connect',
    errno: 'ECONNREFUSED',
    address: `127.0.0.1:${port}`,
    sent: 'never',
  })
})

test.each([{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }])(
  'a certificate that no known authority signed, with %o',
  async (env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    let requests = 0
    const leaf = await (await authority()).issue(['localhost'])
    const server = https.createServer({ cert: leaf.chain, key: leaf.privateKey }, () => requests++)
    const port = await listening(server)
    expect(await failed(send(`https://localhost:${port}/`))).toMatchObject({
      code: 'Network.Tls',
      errno: expect.stringMatching(/^UNABLE_TO_|^SELF_SIGNED_/),
      address: `localhost:${port}`,
      sent: 'never',
    })
    expect(requests).toBe(0)
  },
)

test('a certificate of another name is refused', async () => {
  const port = await listening(https.createServer(tlsOptions))
  expect(await failed(send(`https://127.0.0.1:${port}/`))).toMatchObject({
    code: 'Network.Tls',
    errno: 'ERR_TLS_CERT_ALTNAME_INVALID',
    sent: 'never',
  })
})

/** Writes without end, as fast as it is read, until the other side closes; then resolves to the number of bytes. */
const endless = (socket: net.Socket, text: string): Promise<number> =>
  new Promise((done) => {
    let bytes = 0
    const chunk = Buffer.from(text.repeat(Math.ceil(16_384 / text.length)))
    const more = () => {
      while (!socket.destroyed) {
        bytes += chunk.length
        if (!socket.write(chunk)) return void socket.once('drain', more)
      }
    }
    socket.on('error', () => {})
    socket.once('close', () => done(bytes))
    more()
  })

test.each<[string, string, string, Limits['answerMs']]>([
  ['headers', 'HTTP/1.1 200 OK\r\n', 'x-a: b\r\n', 20_000],
  ['one header', 'HTTP/1.1 200 OK\r\nx-a: ', 'b', 20_000],
  ['trailers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n', 'x-a: b\r\n', 20_000],
  ['a status line', 'HTTP/1.1 200 ', 'x', 500],
  ['preliminary answers', '', 'HTTP/1.1 103 Early Hints\r\n\r\n', 500],
])('an answer of endless %s ends in a Problem, and the connection is closed', async (_, head, text, answerMs) => {
  const written = Promise.withResolvers<number>()
  const url = await servingRaw((socket) => {
    socket.write(head)
    void endless(socket, text).then(written.resolve)
  })
  const problem = await failed(send(url, { answerMs }))
  expect(problem.code).toMatch(/^Network\.(Reset|Response|Timeout|TooLarge)$/)
  expect(problem.sent).toBe('unknown')
  await written.promise
})

test('a proxy that answers CONNECT with endless headers is cut off', async () => {
  const port = await listening(
    net.createServer((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n')
        void endless(socket, 'x-a: b\r\n')
      }),
    ),
  )
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`)
  expect(await failed(send('https://api.example/', { connectMs: 5000 }))).toMatchObject({
    code: 'Network.Connect',
    sent: 'never',
  })
})

test('an answer that nobody asked for is never taken for that of the next request', async () => {
  const answerOf = (text: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    // The second answer is smuggled in with the first, as by a line break in one of its headers.
    socket.once('data', () => {
      socket.write(`${answerOf('"first"')}${answerOf('"smuggled"')}`)
      socket.on('data', () => socket.write(answerOf('"second"')))
    })
  })
  const url = `http://127.0.0.1:${await listening(server)}/`
  const { send: again } = newNetwork()
  const bodies: unknown[] = []
  for (let i = 0; i < 4; i++) {
    const outcome = await again(requestTo(url), never).catch((thrown: unknown) => thrown)
    bodies.push(outcome instanceof Problem ? outcome.code : outcome)
  }
  expect(JSON.stringify(bodies)).not.toContain('smuggled')
  expect(bodies[0]).toMatchObject({ body: '"first"' })
})

test.each(['a\nb', 'a\r\nx-evil: 1', 'a\0b'])('a header with a line break is never sent: %j', async (value) => {
  let requests = 0
  const url = await serving((_, response) => {
    requests += 1
    response.end()
  })
  const outcome = newNetwork().send({ ...requestTo(url), headers: { 'x-tc-token': value } }, never)
  await expect(outcome).rejects.toThrow('invalid')
  expect(requests).toBe(0)
})

test('misuse is no Problem of the network', async () => {
  const url = await serving((_, response) => response.end())
  const outcome = newNetwork().send({ ...requestTo(url), headers: { 'x-a': 'a\nb' } }, never)
  await expect(outcome).rejects.toThrow('invalid x-a header')
  await expect(outcome).rejects.not.toBeInstanceOf(Problem)
})

const reason = ownProblem('Run.Cancelled', { message: inBoth('stop') })

test('an abort before a byte was sent gives the reason itself', async () => {
  const port = await listening(net.createServer())
  const stop = new AbortController()
  setTimeout(() => stop.abort(reason), 100)
  await expect(send(`https://localhost:${port}/`, {}, stop.signal)).rejects.toBe(reason)
  await expect(send(`https://localhost:${port}/`, {}, stop.signal)).rejects.toBe(reason)
})

test('a signal does not keep the sockets that were opened under it', async () => {
  const port = await listening(https.createServer(tlsOptions))
  const { signal } = new AbortController()
  const socket = await connect(new URL(`https://localhost:${port}/`), {}, signal)
  socket.destroy()
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('an abort under way says that the service may have got the request', async () => {
  const stop = new AbortController()
  const closed = Promise.withResolvers<void>()
  const url = await serving((_, response) => {
    response.on('close', closed.resolve)
    stop.abort(reason)
  })
  expect(await failed(send(url, {}, stop.signal))).toMatchObject({ code: 'Run.Cancelled', sent: 'unknown' })
  await closed.promise
})

test.each(['idle', 'opening'])('close() ends a connection that is %s', async (which) => {
  const server = which === 'idle' ? http.createServer((_, response) => response.end()) : net.createServer()
  const port = await listening(server)
  const { send: sendHere, close } = newNetwork()
  const connection = once(server, 'connection')
  const outcome = sendHere(
    requestTo(which === 'idle' ? `http://127.0.0.1:${port}/` : `https://localhost:${port}/`),
    never,
  )
  const [socket] = (await connection) as [net.Socket]
  if (which === 'idle') await outcome
  else outcome.catch(() => {})
  const closed = once(socket.resume(), 'close')
  close()
  await closed
})

test.each([200, 201, 204, 299])('CONNECT answered %d is a tunnel', async (status) => {
  const port = await listening(https.createServer(tlsOptions, (_, response) => response.end('{}')))
  const proxy = tunnelling(http.createServer(), port, status)
  vi.stubEnv('HTTPS_PROXY', `http://us%40er:pa%ss%3a@127.0.0.1:${await listening(proxy)}`)
  expect(await send('https://localhost/')).toMatchObject({ status: 200, body: '{}' })
  const authorization = `Basic ${Buffer.from('us@er:pa%ss:').toString('base64')}`
  expect(proxy.asked).toEqual([{ target: 'localhost:443', host: 'localhost:443', authorization }])
})

test.each([
  [302, 'Network.Proxy'],
  [403, 'Network.Proxy'],
  [407, 'Network.Proxy'],
  [502, 'Network.Connect'],
])('CONNECT answered %d is %s', async (status, code) => {
  const port = await listening(tunnelling(http.createServer(), 1, status))
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`)
  expect(await failed(send('https://api.example/'))).toMatchObject({
    code,
    status,
    message: `The proxy 127.0.0.1:${port} answered CONNECT api.example:443 with HTTP ${status}`,
    address: `127.0.0.1:${port}`,
    sent: 'never',
  })
})

test.each<[string, (socket: net.Socket) => void]>([
  ['closes', (socket) => socket.destroy()],
  ['resets', (socket) => socket.resetAndDestroy()],
  ['does not speak HTTP', (socket) => socket.end('hello\r\n\r\n')],
])('a proxy that %s', async (_, take) => {
  const port = await listening(net.createServer((socket) => socket.once('data', () => take(socket))))
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`)
  expect(await failed(send('https://api.example/'))).toMatchObject({
    code: 'Network.Connect',
    message: expect.stringContaining(`proxy 127.0.0.1:${port}: `),
    address: `127.0.0.1:${port}`,
    sent: 'never',
  })
})

test('a failure behind the tunnel is that of the host', async () => {
  const port = await listening(net.createServer((socket) => socket.destroy()))
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await listening(tunnelling(http.createServer(), port))}`)
  expect(await failed(send('https://api.example/'))).toMatchObject({
    code: 'Network.Connect',
    errno: 'ECONNRESET',
    address: 'api.example:443',
    sent: 'never',
  })
})

test('plain HTTP goes through a tunnel as well', async () => {
  const port = await listening(http.createServer((_, response) => response.end('{}')))
  const proxy = tunnelling(http.createServer(), port)
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${await listening(proxy)}`)
  expect((await send('http://api.example/')).body).toBe('{}')
  expect(proxy.asked).toMatchObject([{ target: 'api.example:80' }])
})

test('a proxy over TLS is verified by its own name', async () => {
  const port = await listening(https.createServer(tlsOptions, (_, response) => response.end('{}')))
  const proxy = tunnelling(https.createServer(tlsOptions), port)
  const proxyPort = await listening(proxy)
  vi.stubEnv('HTTPS_PROXY', `https://localhost:${proxyPort}`)
  expect((await send('https://localhost/')).body).toBe('{}')
  vi.stubEnv('HTTPS_PROXY', `https://127.0.0.1:${proxyPort}`)
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const problem = await failed(send('https://localhost/'))
  expect(problem).toMatchObject({ code: 'Network.Tls', errno: 'ERR_TLS_CERT_ALTNAME_INVALID', sent: 'never' })
  expect(problem.address).toBe(`127.0.0.1:${proxyPort}`)
  expect(problem.message).toContain('IP: 127.0.0.1')
  expect(proxy.asked).toHaveLength(1)
})
