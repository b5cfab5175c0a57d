// Signed POSTs by node:https, outputs by hand, nothing else.
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type net from 'node:net'
import { text } from 'node:stream/consumers'
import tls from 'node:tls'

const { env } = process
const hash = (data: string) => createHash('sha256').update(data).digest('hex')
const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()

const authorizationOf = (service: string, body: string, timestamp: number): string => {
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10)
  const headers = `content-type:application/json\nhost:${service}.tencentcloudapi.com`
  const canonical = `POST\n/\n\n${headers}\n\ncontent-type;host\n${hash(body)}`
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${hash(canonical)}`
  const key = mac(mac(mac(`TC3${env['INPUT_SECRET-KEY']}`, date), service), 'tc3_request')
  const credential = `${env['INPUT_SECRET-ID']}/${date}/${service}/tc3_request`
  return `TC3-HMAC-SHA256 Credential=${credential}, SignedHeaders=content-type;host, Signature=${mac(key, toSign).toString('hex')}`
}

/** A connection to a service through the proxy, and how to call its actions over it. */
const serviceOf = async (service: 'teo' | 'ssl', version: string) => {
  const host = `${service}.tencentcloudapi.com`
  const proxy = new URL(env['HTTPS_PROXY'] ?? '')
  const connect = http.request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: `${host}:443` }).end()
  const [, tunnel] = (await once(connect, 'connect')) as [unknown, net.Socket]
  const socket = tls.connect({ socket: tunnel, servername: host, ca: readFileSync(env['NODE_EXTRA_CA_CERTS'] ?? '') })
  const agent = new https.Agent({ keepAlive: true })
  agent.createConnection = () => socket
  const post = async (action: string, fields: object) => {
    const body = JSON.stringify(fields)
    const timestamp = Math.floor(Date.now() / 1000)
    const headers = {
      'content-type': 'application/json',
      authorization: authorizationOf(service, body, timestamp),
      'x-tc-action': action,
      'x-tc-version': version,
      'x-tc-timestamp': timestamp,
    }
    const request = https.request({ host, method: 'POST', agent, headers }).end(body)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return JSON.parse(await text(response)).Response
  }
  return { post, close: () => agent.destroy() }
}

/** The certificate of the input, from SSL Certificate Service. */
export const readCertificate = async () => {
  const { post, close } = await serviceOf('ssl', '2019-12-05')
  const { Certificates } = await post('DescribeCertificates', { CertIds: [env['INPUT_CERT-ID']] })
  close()
  return Certificates[0]
}

/** Reads the host and binds the certificate, unless `allowed` says no. */
export const bind = async (allowed: Promise<boolean>): Promise<void> => {
  const ZoneId = env['INPUT_ZONE-ID']
  const Hosts = [env['INPUT_HOSTS']]
  const { post, close } = await serviceOf('teo', '2022-09-01')
  const Filters = [{ Name: 'domain-name', Values: Hosts }]
  const { AccelerationDomains } = await post('DescribeAccelerationDomains', { ZoneId, Filters })
  const isBound = AccelerationDomains[0].Certificate.List[0].CertId === env['INPUT_CERT-ID']
  if (!isBound && (await allowed)) {
    const ServerCertInfo = [{ CertId: env['INPUT_CERT-ID'] }]
    const { RequestId } = await post('ModifyHostsCertificate', { ZoneId, Hosts, Mode: 'sslcert', ServerCertInfo })
    appendFileSync(env['GITHUB_OUTPUT'] ?? '', `request-id=${RequestId}\n`)
  }
  close()
}
