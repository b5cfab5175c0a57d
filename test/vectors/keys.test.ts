import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apiVersions } from '../../src/model/setting.ts'
import { signingKey } from '../../src/tencent/sign.ts'
import { modifyHostsCertificate } from '../../src/tencent/teo.ts'

// Vectors A to G of the published documentation and of the official SDK: every key on the way to the signing key.
const example = 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE'
const hmac = (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest()

test.each([
  {
    vector: 'A',
    key: example,
    date: '2019-02-25',
    scope: { timestamp: 1551113065, service: 'cvm' },
    secretDate: 'd1308c81fe71cfd4e06437bbc067b2b8a3d2d8c0e375d547f15c41d5214b395a',
    secretService: '3c7cb7c7795393edc14fd2e0e6434a518564b4504b88e94f5d11bf59ba3e7050',
    secretSigning: 'ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1',
  },
  {
    vector: 'B',
    key: '*'.repeat(32),
    date: '2019-02-25',
    scope: { timestamp: 1551113065, service: 'cvm' },
    secretDate: 'da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0',
    secretService: '8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f',
    secretSigning: 'b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af',
  },
  {
    vector: 'C',
    key: example,
    date: '2018-10-09',
    scope: { timestamp: 1539084154, service: 'cvm' },
    secretDate: 'e476728ff6d7bacfa7847b3d3d6d3a9e6f536992367701d4533354ca7b5d0fa5',
    secretService: '6e3d6d4854b8adc273db620fefefebecb11004f335f9991439eba3c231030714',
    secretSigning: '39c4cf287fdff993dc407e649450ae4a0f1e1fd75aedb08d8160e47372e9b62d',
  },
])(
  'vector $vector: date, service and signing key',
  ({ key, date, scope, secretDate, secretService, secretSigning }) => {
    // The first two steps are inside signingKey; each published value must lead to the next one.
    expect(hmac(`TC3${key}`, date).toString('hex')).toBe(secretDate)
    expect(hmac(Buffer.from(secretDate, 'hex'), scope.service).toString('hex')).toBe(secretService)
    expect(hmac(Buffer.from(secretService, 'hex'), 'tc3_request').toString('hex')).toBe(secretSigning)
    expect(Buffer.from(signingKey(key, scope)).toString('hex')).toBe(secretSigning)
  },
)

test.each([
  ['D', 1551113065, '144fdf43dc35de843983795d119d49aadc6b4a2e7fafa8d82a85515b36d9daea'],
  ['G', 1551139200, '5513f140c49a092f0d2d9f7f14b946276bd5981546a5dae573b3f8ec3eb80fee'],
])('vector %s: signing key', (_, timestamp, key) => {
  expect(Buffer.from(signingKey(example, { timestamp, service: 'teo' })).toString('hex')).toBe(key)
})

test('sends no null and no field that its version does not have', () => {
  const known = { '2022-09-01': ['Mode', 'ServerCertInfo'], '2022-01-06': ['CertInfo'] }
  const some = fc
    .tuple(fc.string(), fc.array(fc.string(), { maxLength: 2 }))
    .map(([first, more]): readonly [string, ...string[]] => [first, ...more])
  fc.assert(
    fc.property(fc.constantFrom(...apiVersions), fc.string(), some, some, (version, zoneId, hosts, ids) => {
      const { api, body } = modifyHostsCertificate(version, zoneId, hosts, { mode: 'sslcert', ids })
      expect(api).toMatchObject({ service: 'teo', version, action: 'ModifyHostsCertificate' })
      expect(Object.keys(body)).toEqual(['ZoneId', 'Hosts', ...known[version]])
      JSON.stringify(body, (_, value: unknown) => {
        expect(value).not.toBeNull()
        return value
      })
    }),
  )
})
