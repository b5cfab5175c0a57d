import type http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterEach, beforeEach } from 'vitest'
import { Problem } from '../../src/model/problem.ts'

const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()])
const before = new Map(names.map((name) => [name, process.env[name]]))
const clear = () => {
  for (const name of names) delete process.env[name]
}

/** Closed after the test. */
export const open: (() => unknown)[] = []

/** Each test of the file begins without a proxy in the environment, and leaves no server. */
export const cleanNetwork = (): void => {
  beforeEach(clear)
  afterEach(() => {
    clear()
    for (const [name, value] of before) if (value !== undefined) process.env[name] = value
    for (const close of open.splice(0)) close()
  })
}

/** Has a server listen; everything of it is gone after the test. */
export const listening = async (server: net.Server, address = '127.0.0.1'): Promise<number> => {
  const sockets = new Set<net.Socket>()
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((done) => server.listen(0, address, done))
  open.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const { port } = server.address() as AddressInfo
  return port
}

/** What a proxy was asked for. */
export interface Asked {
  readonly target: string | undefined
  readonly host: string | undefined
  readonly authorization: string | undefined
}

/** Has a server answer CONNECT with a status, and tunnel to a port of this machine whatever it is asked for. */
export const tunnelling = <T extends http.Server>(proxy: T, port: number, status = 200): T & { asked: Asked[] } => {
  const asked: Asked[] = []
  proxy.on('connect', ({ url, headers }: http.IncomingMessage, socket: net.Socket) => {
    asked.push({ target: url, host: headers.host, authorization: headers['proxy-authorization'] })
    if (status < 200 || status > 299) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const far = net.connect(port, '127.0.0.1', () => {
      socket.write(`HTTP/1.1 ${status} Yes\r\n\r\n`)
      far.pipe(socket).pipe(far)
    })
    far.on('error', () => socket.destroy())
    socket.on('close', () => far.destroy())
    return undefined
  })
  return Object.assign(proxy, { asked })
}

/** The Problem that a promise fails with. */
export const failed = async (outcome: Promise<unknown>): Promise<Problem> => {
  const thrown: unknown = await outcome.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof Problem) return thrown
  throw new Error(`no Problem: ${String(thrown)}`, { cause: thrown })
}

export const never = new AbortController().signal
