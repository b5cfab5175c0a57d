// (b) The floor: one signed POST by node:https, outputs by hand, nothing else.
import { createHash, createHmac } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type net from 'node:net'
import tls from 'node:tls'

const { env } = process
const hash = (data: string) => createHash('sha256').update(data).digest('hex')
const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()
const host = 'teo.tencentcloudapi.com'
const body = JSON.stringify({
  ZoneId: env['INPUT_ZONE-ID'],
  Hosts: [env['INPUT_HOSTS']],
  Mode: 'sslcert',
  ServerCertInfo: [{ CertId: env['INPUT_CERT-ID'] }],
})
const timestamp = Math.floor(Date.now() / 1000)
const date = new Date(timestamp * 1000).toISOString().slice(0, 10)
const canonical = `POST\n/\n\ncontent-type:application/json\nhost:${host}\n\ncontent-type;host\n${hash(body)}`
const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${date}/teo/tc3_request\n${hash(canonical)}`
const key = mac(mac(mac(`TC3${env['INPUT_SECRET-KEY']}`, date), 'teo'), 'tc3_request')
const credential = `${env['INPUT_SECRET-ID']}/${date}/teo/tc3_request`
const authorization = `TC3-HMAC-SHA256 Credential=${credential}, SignedHeaders=content-type;host, Signature=${mac(key, toSign).toString('hex')}`

const proxy = new URL(env['HTTPS_PROXY'] ?? '')
http
  .request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: `${host}:443` })
  .on('connect', (_, socket: net.Socket) => {
    const secure = tls.connect({ socket, servername: host, ca: readFileSync(env['NODE_EXTRA_CA_CERTS'] ?? '') })
    https
      .request(
        {
          host,
          method: 'POST',
          createConnection: () => secure,
          headers: {
            'content-type': 'application/json',
            authorization,
            'x-tc-action': 'ModifyHostsCertificate',
            'x-tc-version': '2022-09-01',
            'x-tc-timestamp': timestamp,
          },
        },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () =>
            appendFileSync(env['GITHUB_OUTPUT'] ?? '', `request-id=${JSON.parse(text).Response.RequestId}\n`),
          )
        },
      )
      .end(body)
  })
  .end()
