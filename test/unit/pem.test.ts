import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/model/problem.ts'
import { readPairs, type Source } from '../../src/pem/read.ts'
import { inBoth } from '../../src/util/language.ts'
import { inEnglish } from '../support/english.ts'
import {
  dns,
  keyOf,
  newIssuer,
  newKeys,
  newLeaf,
  newMaterial,
  pemOf,
  requestOf,
  validity,
} from '../support/pem-material.ts'

const { root, other, one, two, ec, rsa, ecKeys } = await newMaterial()
const [ecKey, rsaKey] = [pemOf(ec.key), pemOf(rsa.key)]
const full = ec.leaf + one.pem
const until = new Date(validity.notAfter).toISOString().slice(0, 10)

const sourcesOf = (certificate: string, key: string): Source[] => [
  { input: 'certificate', place: inBoth('the text'), text: certificate },
  { input: 'private-key', place: inBoth('“keys/privkey.pem”'), text: key },
]
const read = (certificate: string, key: string) => readPairs(sourcesOf(certificate, key))

const problemOf = (run: () => unknown): Problem => {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
  throw new Error('no Problem')
}

test('reads an ECC certificate with its chain and key', () => {
  const { pairs, unused } = read(full, ecKey)
  expect(unused).toEqual([])
  expect(pairs).toEqual([
    {
      facts: { algorithm: 'ECC', bits: 256, names: ['www.a.example', '*.a.example'], ...validity },
      sha256: new X509Certificate(ec.leaf).fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: 'www.a.example',
      commonName: 'common.example',
      chain: full,
      key: ecKey,
    },
  ])
})

test('reads an RSA certificate with its chain and key', () => {
  const [pair] = read(rsa.leaf + two.pem, rsaKey).pairs
  expect(pair).toMatchObject({ facts: { algorithm: 'RSA', bits: 2048, names: ['r.example'] }, key: rsaKey })
})

test('reads a certificate with a P-384 key', async () => {
  const keys = await newKeys('P-384')
  const [pair] = read(await newLeaf(dns('b.example'), keys, one), pemOf(await keyOf(keys))).pairs
  expect(pair?.facts).toMatchObject({ algorithm: 'ECC', bits: 384 })
})

const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
const bag = 'Bag Attributes\n    localKeyID: 01 02\nsubject=CN = a\n'
const unbroken = (text: string) => text.replace(/([A-Za-z0-9+/=])\n(?!-)/g, '$1')

test.each<[string, string, string]>([
  ['CRLF', full.replaceAll('\n', '\r\n'), ecKey.replaceAll('\n', '\r\n')],
  ['CR', full.replaceAll('\n', '\r'), ecKey.replaceAll('\n', '\r')],
  ['a BOM', `\ufeff${full}`, `\ufeff${ecKey}`],
  ['a BOM of bytes', `\xef\xbb\xbf${full}`, `\xef\xbb\xbf${ecKey}`],
  ['text between', `${bag}${ec.leaf}${bag}${one.pem}${bag}`, bag + ecKey],
  ['base64 in one line', unbroken(full), unbroken(ecKey)],
  ['\\n for line breaks', full.replaceAll('\n', '\\n'), ecKey.replaceAll('\n', '\\n')],
  ['\\\\r\\\\n for line breaks', full.replaceAll('\n', '\\\\r\\\\n'), ecKey.replaceAll('\n', '\\r\\n')],
  ['blanks for line breaks', full.replaceAll('\n', ' '), ecKey.replaceAll('\n', ' ')],
  ['blanks at line ends', full.replaceAll('\n', ' \t\n'), ecKey.replaceAll('\n', '  \n')],
  ['indented lines', full.replaceAll('\n', '\n    '), ecKey.replaceAll('\n', '\n\t')],
  ['empty lines', full.replaceAll('\n', '\n\n'), ecKey.replaceAll('\n', '\n\n')],
  ['no line break between', full.replaceAll('-\n-', '--'), ecKey.trim()],
  ['quotes around', JSON.stringify(full), JSON.stringify(ecKey)],
  ['the parameters of EC', full, parameters + ecKey],
  ['swapped inputs', ecKey, full],
  ['all in one', full + ecKey, full + ecKey],
  ['duplicates', full + full, ecKey + ecKey + pemOf(ec.key, 'sec1')],
  ['another order', one.pem + ec.leaf, ecKey],
  ['a root', root.pem + full, ecKey],
  ['the older label', full.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'), ecKey],
  ['headers that do not encrypt', full, ecKey.replace('KEY-----\n', 'KEY-----\nComment: mine\nX-Y: z\n\n')],
])('is accepted: %s', (_, certificate, key) => {
  expect(read(certificate, key)).toEqual(read(full, ecKey))
})

test.each([
  ['SEC1', ec, 'sec1', 'EC PRIVATE KEY'],
  ['PKCS#1', rsa, 'pkcs1', 'RSA PRIVATE KEY'],
  ['PKCS#8', rsa, 'pkcs8', 'PRIVATE KEY'],
] as const)('a key in %s stays in this form', (_, { leaf, key }, type, label) => {
  const given = pemOf(key, type)
  expect(given).toContain(`-----BEGIN ${label}-----`)
  expect(read(leaf, unbroken(given)).pairs[0]?.key).toBe(given)
})

test('two keys give two certificates, RSA first, in any order and from both inputs', () => {
  const blocks = [ec.leaf, one.pem, rsa.leaf, two.pem, root.pem, ecKey, rsaKey]
  const expected = read(full + rsa.leaf + two.pem, ecKey + rsaKey)
  expect(expected.pairs.map(({ facts, chain }) => [facts.algorithm, chain])).toEqual([
    ['RSA', rsa.leaf + two.pem],
    ['ECC', full],
  ])
  fc.assert(
    fc.property(fc.shuffledSubarray(blocks, { minLength: blocks.length }), fc.nat(blocks.length), (all, cut) => {
      expect(read(all.slice(0, cut).join('') || bag + root.pem, all.slice(cut).join('') || root.pem)).toEqual(expected)
    }),
    { numRuns: 100 },
  )
})

test('accepts two pairs of one algorithm, which a later check refuses', async () => {
  const keys = await newKeys()
  const second = await newLeaf(dns('b.example'), keys, one)
  const { pairs } = read(full + second, ecKey + pemOf(await keyOf(keys)))
  expect(pairs.map(({ subject }) => subject).sort()).toEqual(['b.example', 'www.a.example'])
  const renewed = await newLeaf(dns('www.a.example'), ecKeys, two)
  expect(read(full + renewed + two.pem, ecKey).pairs).toHaveLength(2)
})

test('names are DNS names only', async () => {
  const leaf = await newLeaf(
    [
      { type: 'ip', value: '192.0.2.1' },
      { type: 'url', value: 'https://x.example/, DNS:evil.example' },
      { type: 'email', value: 'DNS:mail@c.example' },
      { type: 'dns', value: 'C.example' },
      { type: 'dns', value: 'd.example, DNS:evil.example' },
      { type: 'dn', value: 'CN="a, DNS:evil.example"' },
      { type: 'dns', value: 'e.example' },
    ],
    ecKeys,
    one,
  )
  expect(read(leaf, ecKey).pairs[0]).toMatchObject({
    facts: { names: ['c.example', 'e.example'] },
    subject: 'c.example',
  })
})

test('falls back on the subject without DNS names', async () => {
  const named = read(await newLeaf([], ecKeys, one), ecKey).pairs[0]
  expect(named).toMatchObject({ facts: { names: [] }, subject: 'CN=common.example' })
  const nameless = read(await newLeaf([], ecKeys, one, ''), ecKey).pairs[0]
  expect(nameless).toMatchObject({ facts: { names: [] }, subject: 'no name' })
})

test('a self-signed certificate is its own chain', async () => {
  const leaf = await newLeaf(dns('s.example'), ecKeys)
  expect(read(leaf, ecKey).pairs).toMatchObject([{ chain: leaf, subject: 's.example' }])
  expect(read(leaf, ecKey).pairs[0]).not.toHaveProperty('missingIssuer')
  const ca = await newIssuer('CN=self.example', undefined, ecKeys)
  expect(read(ca.pem, ecKey).pairs).toMatchObject([{ chain: ca.pem, subject: 'CN=self.example' }])
})

test('a leaf that a given root issued needs no intermediate', async () => {
  const leaf = await newLeaf(dns('s.example'), ecKeys, root)
  const [pair] = read(leaf + root.pem, ecKey).pairs
  expect(pair?.chain).toBe(leaf)
  expect(pair).not.toHaveProperty('missingIssuer')
})

test('says that the issuer of the leaf is missing', () => {
  expect(read(ec.leaf, ecKey).pairs).toMatchObject([{ chain: ec.leaf, missingIssuer: 'CN=E1, O=Test World' }])
  expect(read(ec.leaf + root.pem + two.pem, ecKey)).toMatchObject({
    pairs: [{ chain: ec.leaf, missingIssuer: 'CN=E1, O=Test World' }],
    unused: ['CN=R1, O=Test World', 'CN=Root, O=Test World'],
  })
})

test('says that there is a gap between an intermediate and the root', async () => {
  const lower = await newIssuer('CN=Lower', one)
  const leaf = await newLeaf(dns('l.example'), ecKeys, lower)
  expect(read(leaf + root.pem + lower.pem, ecKey)).toMatchObject({
    pairs: [{ chain: leaf + lower.pem, missingIssuer: 'CN=E1, O=Test World' }],
    unused: ['CN=Root, O=Test World'],
  })
  const [whole] = read(one.pem + leaf + root.pem + lower.pem, ecKey).pairs
  expect(whole?.chain).toBe(leaf + lower.pem + one.pem)
  expect(whole).not.toHaveProperty('missingIssuer')
})

test('certificates that belong to no chain are left out', () => {
  const { pairs, unused } = read(full + root.pem + other.pem, ecKey)
  expect(pairs).toEqual(read(full, ecKey).pairs)
  expect(unused).toEqual(['CN=Other Root'])
})

test('ends a chain of cross-signed certificates at a root, and at a circle', async () => {
  const keys = await newKeys()
  const self = await newIssuer('CN=Cross', undefined, keys)
  const crossed = await newIssuer('CN=Cross', other, keys)
  const leaf = await newLeaf(dns('x.example'), ecKeys, self)
  expect(read(leaf + crossed.pem, ecKey).pairs).toMatchObject([{ chain: leaf + crossed.pem }])
  expect(read(leaf + crossed.pem + self.pem, ecKey)).toMatchObject({ pairs: [{ chain: leaf }], unused: ['CN=Cross'] })

  const [a, b] = [await newIssuer('CN=A'), await newIssuer('CN=B')]
  const [ab, ba] = [await newIssuer('CN=A', b, a.keys), await newIssuer('CN=B', a, b.keys)]
  const low = await newLeaf(dns('x.example'), ecKeys, a)
  expect(read(ba.pem + ab.pem + low, ecKey).pairs).toMatchObject([{ chain: low + ab.pem + ba.pem }])
})

test('does not take a certificate for an issuer that only has its name', async () => {
  const imposter = await newIssuer(one.name, root)
  expect(read(ec.leaf + imposter.pem + one.pem, ecKey).pairs).toMatchObject([{ chain: full }])
})

const ed = generateKeyPairSync('ed25519')
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 })
const dsaLike = rsaKey.replaceAll(' PRIVATE', ' DSA PRIVATE')
const bytes = (...codes: number[]) => String.fromCharCode(...codes, ...Array<number>(40).fill(0xe4))
const derOf = (text: string) => Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64')
const wrapped = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`
const encryptedKey = String(ec.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }))
const oldEncryptedKey = String(rsa.key.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }))

test.each<[string, string, string]>([
  ['an encrypted private key', encryptedKey, 'openssl pkey'],
  ['an encrypted private key', oldEncryptedKey, 'openssl pkey'],
  ['an encrypted private key', oldEncryptedKey.replaceAll('\n', '\\n'), 'openssl pkey'],
  ['a certificate request (CSR)', await requestOf(ecKeys), 'that was issued'],
  ['a public key', wrapped('PUBLIC KEY', Buffer.from('x')), 'the private key'],
  ['an SSH key', wrapped('OPENSSH PRIVATE KEY', Buffer.from('x')), 'of the certificate'],
  ['a PKCS#7 bundle', wrapped('PKCS7', Buffer.from('x')), 'print_certs'],
  ['an OpenSSL trusted certificate', wrapped('TRUSTED CERTIFICATE', Buffer.from('x')), 'openssl x509'],
  [
    'a PEM block that is neither a certificate nor a private key',
    wrapped('X509 CRL', Buffer.from('x')),
    'certificates',
  ],
  ['a private key of another type (ed25519)', pemOf(ed.privateKey), 'RSA or EC'],
  ['a private key of another type (rsa-pss)', pemOf(pss.privateKey), 'RSA or EC'],
  ['a private key of another type', dsaLike, 'RSA or EC'],
  ['nothing', '', 'a secret that is not set'],
  ['nothing', ' \r\n\t', 'a secret that is not set'],
  ['a DER file', derOf(ec.leaf).toString('latin1'), 'inform der'],
  ['a DER file', derOf(ec.leaf).toString('utf8'), 'inform der'],
  ['a DER file', derOf(rsaKey).toString('latin1'), 'inform der'],
  ['a DER file', derOf(pemOf(ed.privateKey)).toString('latin1'), 'inform der'],
  ['a PKCS#12 file', bytes(0x30, 0x82, 0x09, 0xf1, 0x02, 0x01, 0x03, 0x30, 0x82), 'openssl pkcs12'],
  ['a PKCS#12 file', bytes(0x30, 0x80, 0x02, 0x01, 0x03, 0x30, 0x80), 'openssl pkcs12'],
  ['a Java keystore', bytes(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2), 'keytool'],
  ['a Java keystore', Buffer.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]).toString(), 'keytool'],
  ['binary content', '\x7fELF\x01\x02\0\0', 'which is text'],
  ['PEM that is encoded in base64 a second time', Buffer.from(rsaKey).toString('base64'), 'decode it'],
  ['base64 without BEGIN and END lines', derOf(rsaKey).toString('base64'), 'with the lines'],
  ['neither a certificate nor a private key', 'ssh-rsa AAAAB3', '-----BEGIN'],
  ['neither a certificate nor a private key', parameters, '-----BEGIN'],
  ['a certificate that is damaged (it is not valid base64)', ec.leaf.replace('\nMI', '\nM!'), 'whole text'],
  ['a certificate that is damaged (it is not valid base64)', wrapped('CERTIFICATE', Buffer.alloc(0)), 'whole text'],
  ['a private key that is damaged (it is not valid base64)', rsaKey.replace('\nMI', '\nM'), 'whole text'],
  ['a certificate with a BEGIN line but no END line', full.replace(/-----END[\s\S]*/, ''), 'whole text'],
  ['a certificate with a BEGIN line but no END line', full.replace(/-----END.*\n/, ''), 'whole text'],
  ['a private key with a BEGIN line but no END line', ecKey.slice(0, 100), 'whole text'],
  ['a private key with an END line but no BEGIN line', ecKey.slice(40), 'whole text'],
  ['a private key whose BEGIN and END lines differ', ecKey.replace('END PRIVATE', 'END EC PRIVATE'), 'whole text'],
  ['an incomplete BEGIN or END line', ecKey.replaceAll('-----', '----'), '-----BEGIN …-----'],
  ['an incomplete BEGIN or END line', full + ecKey.replaceAll('-----', '--'), '-----BEGIN …-----'],
  ['an incomplete BEGIN or END line', ecKey.replaceAll('-----', '----') + full, '-----BEGIN …-----'],
  ['a certificate that cannot be read', wrapped('CERTIFICATE', derOf(ec.leaf).subarray(1)), 'whole text'],
  ['a certificate that cannot be read', wrapped('CERTIFICATE', derOf(ec.leaf).subarray(0, -1)), 'whole text'],
  ['a certificate that cannot be read', wrapped('CERTIFICATE', Buffer.concat([derOf(ec.leaf), Buffer.alloc(3)])), ''],
  ['a certificate that cannot be read', wrapped('CERTIFICATE', Buffer.from(ec.leaf)), 'whole text'],
  ['a private key that cannot be read', wrapped('PRIVATE KEY', derOf(ecKey).subarray(1)), 'whole text'],
  ['a private key that cannot be read', wrapped('PRIVATE KEY', derOf(encryptedKey)), 'whole text'],
])('is refused: %s (%#)', (seen, text, expected) => {
  const problem = problemOf(() => read(full, text))
  expect(problem).toMatchObject({ code: 'Certificate.Unreadable', cause: undefined })
  expect(problem.findings).toHaveLength(1)
  expect(inEnglish(problem.findings)[0]).toMatchObject({ input: 'private-key', seen: `${seen} in “keys/privkey.pem”` })
  expect(inEnglish(problem.findings)[0]?.expected).toContain(expected)
  expect(problem.message).toContain(seen)
})

test('refuses a key whose halves do not belong together', () => {
  const der = ec.key.export({ type: 'sec1', format: 'der' })
  der.writeUInt8(der.readUInt8(20) ^ 1, 20)
  const problem = problemOf(() => read(full, wrapped('EC PRIVATE KEY', der)))
  expect(inEnglish(problem.findings)).toMatchObject([
    { seen: 'a private key that is damaged (its signatures do not verify) in “keys/privkey.pem”' },
  ])
})

test('reports every finding at once, each only once', () => {
  const problem = problemOf(() => read(full.replaceAll('MI', '?'), `${encryptedKey}${encryptedKey}${dsaLike}`))
  expect(inEnglish(problem.findings).map(({ input, seen }) => [input, seen])).toEqual([
    ['certificate', 'a certificate that is damaged (it is not valid base64) in the text'],
    ['private-key', 'an encrypted private key in “keys/privkey.pem”'],
    ['private-key', 'a private key of another type in “keys/privkey.pem”'],
  ])
})

test.each<[string, string, string, readonly (readonly [string, string])[]]>([
  [
    'another key',
    full,
    rsaKey,
    [
      ['private-key', 'an RSA key of 2048 bits in “keys/privkey.pem”, which matches none of the certificates'],
      ['private-key', `no key for the certificate for www.a.example (until ${until})`],
    ],
  ],
  [
    'one leaf of two without its key',
    full + rsa.leaf,
    rsaKey,
    [['private-key', `no key for the certificate for www.a.example (until ${until})`]],
  ],
  [
    'the chain without the leaf',
    one.pem,
    ecKey,
    [['private-key', 'an EC key (prime256v1) in “keys/privkey.pem”, which matches none of the certificates']],
  ],
  ['keys alone', ecKey, rsaKey, [['certificate', 'no certificate']]],
  ['a chain alone', one.pem, root.pem, [['private-key', 'no private key']]],
  ['a leaf alone', full, full, [['private-key', `no key for the certificate for www.a.example (until ${until})`]]],
])('does not fit together: %s', (_, certificate, key, findings) => {
  const problem = problemOf(() => read(certificate, key))
  expect(problem).toMatchObject({ code: 'Certificate.KeyMismatch', cause: undefined })
  expect(inEnglish(problem.findings).map(({ input, seen }) => [input, seen])).toEqual(findings)
})
