import net, { type AddressInfo, type Socket } from 'node:net'

// A distant service on one machine. The relay stands between a client and the test world's CONNECT proxy and holds every
// chunk for half a round trip in each direction; the order is kept, bandwidth is not limited.
//
// The client's own TCP connection ends at the relay and is not delayed. CONNECT and its answer are, and so cost one round
// trip. That is what the TCP handshake with the service costs a client without a proxy, so that a new connection costs here
// what it costs there: TCP 1, TLS 1.3 1, and 1 for each request. Name resolution and TCP slow start are not modelled.
//
// With a distant proxy, CONNECT is held for one more round trip, the TCP handshake with the proxy.

export interface Link {
  readonly roundTripMs: number
  readonly proxy: 'near' | 'distant'
}

export const links = {
  '100 ms': { roundTripMs: 100, proxy: 'near' },
  '250 ms': { roundTripMs: 250, proxy: 'near' },
  '250 ms, distant proxy': { roundTripMs: 250, proxy: 'distant' },
} as const satisfies Readonly<Record<string, Link>>
export type LinkName = keyof typeof links

const forward = (from: Socket, to: Socket, holdMs: number, firstMs = holdMs) => {
  let ms = firstMs
  from.on('data', (chunk: Buffer) => {
    setTimeout(() => to.write(chunk), ms)
    // Nothing follows CONNECT before its answer, so the shorter time does not change the order.
    ms = holdMs
  })
  from.on('end', () => setTimeout(() => to.end(), holdMs))
  from.on('error', () => setTimeout(() => to.destroy(), holdMs))
}

/** Starts a relay to a proxy, and gives its URL. It runs until the process ends. */
export const delayed = async (to: string, { roundTripMs, proxy }: Link): Promise<string> => {
  const { hostname, port } = new URL(to)
  const half = roundTripMs / 2
  const relay = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true })
    forward(client, upstream, half, proxy === 'distant' ? half + roundTripMs : half)
    forward(upstream, client, half)
  })
  await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(relay.address() as AddressInfo).port}`
}
