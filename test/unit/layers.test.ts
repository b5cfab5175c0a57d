import { describe, expect, test } from 'vitest'
import { entriesOf, readManifest, stepKey, wrongIn } from '../support/manifest.ts'

/** One site: `site` and `defaults` in YAML’s flow style, on top of inputs of the step. */
const one = async (site: string, defaults: string, inputs: Readonly<Record<string, string>> = {}) => {
  const text = `defaults: { ${defaults} }\nsites: [{ zone-id: zone-1, hosts: a.example.com${site === '' ? '' : `, ${site}`} }]`
  const [entry] = await entriesOf(text, { inputs: { ...stepKey, ...inputs } })
  if (entry === undefined) throw new Error('no entry')
  return entry
}

describe('a site’s value takes the place of what it excludes in the defaults and the inputs of the step', () => {
  test.each([
    ['cert-id: x', 'certificate: a.pem, private-key: a.key, cert-alias: a, reuse-uploaded: false', 'ids'],
    ['cert-id: x', 'mode: disable', 'ids'],
    ['certificate: a.pem', 'cert-id: x', 'pem-text'],
    ['certificate: a.pem', 'mode: eofreecert', 'pem-text'],
    ['mode: eofreecert', 'cert-id: x', 'mode'],
    ['mode: eofreecert', 'certificate: a.pem, private-key: a.key, cert-alias: a', 'mode'],
    ['mode: sslcert', 'cert-id: newest', 'newest'],
    ['', 'cert-id: default', 'default'],
    ['cert-alias: mine', 'certificate: a.pem', 'pem-text'],
  ])('%s over %s', async (site, defaults, kind) => {
    expect((await one(site, defaults)).source.kind).toBe(kind)
  })

  test('a certificate is not given the key of another one', async () => {
    const { source } = await one('certificate: b.pem', 'certificate: a.pem, private-key: a.key, cert-alias: a')
    expect(source).toMatchObject({ certificate: 'b.pem', privateKey: '', alias: undefined })
  })

  test('defaults take the place of inputs of the step', async () => {
    expect((await one('', 'cert-id: x', { mode: 'disable' })).source.kind).toBe('ids')
    expect((await one('cert-id: x', '', { 'reuse-uploaded': 'false', 'cert-alias': 'a' })).source.kind).toBe('ids')
  })

  test('a hidden value hides nothing further below', async () => {
    const { source } = await one('cert-id: x', 'mode: disable, wait-for: deployed', { 'connect-to': 'cname' })
    expect(source.kind).toBe('ids')
    const { options } = await one('cert-id: x, wait-for: served', 'wait-for: deployed', { 'connect-to': 'cname' })
    expect(options.connectTo).toBe('cname')
  })

  test('a stage that probes nothing takes no connect-to, and one that verifies nothing no old-certificates', async () => {
    const defaults = 'cert-id: x, wait-for: served, connect-to: cname, old-certificates: mute'
    const optionsOf = async (site: string) => {
      const { connectTo, oldCertificates } = (await one(site, defaults)).options
      return [connectTo, oldCertificates]
    }
    expect(await optionsOf('')).toEqual(['cname', 'mute'])
    expect(await optionsOf('wait-for: deployed')).toEqual(['dns', 'mute'])
    expect(await optionsOf('wait-for: accepted')).toEqual(['dns', 'keep'])
  })
})

test('what one layer gives together is not taken apart', async () => {
  expect(
    await wrongIn('sites: [{ zone-id: zone-1, zone-name: a.com, hosts: a.com, cert-id: x, mode: disable }]'),
  ).toEqual([
    '1:39 zone-name: got “a.com”; expected nothing: zone-id and zone-name exclude each other.',
    '1:69 cert-id: got “x”; expected nothing: mode disable accepts no certificate.',
  ])
})

describe('an account', () => {
  const role = 'role-arn: qcs::cam::uin/100000000001:roleName/x'
  const accountOf = async (account: string, inputs: Readonly<Record<string, string>>, env = {}) => {
    const text = `accounts: { a: { ${account} } }\nsites: [{ account: a, zone-id: zone-1, hosts: a.com, cert-id: x }]`
    const { task, problem } = await readManifest(text, { inputs, env: { ID: 'AKIDother', KEY: 'otherkey', ...env } })
    if (problem) throw problem
    return task?.accounts[0]?.account
  }
  const own = `secret-id: "\${ID}", secret-key: "\${KEY}"`

  test('with a key takes no part of the step’s key, and assumes no role that was meant for it', async () => {
    const inputs = { ...stepKey, 'session-token': 'steptoken', 'role-arn': role.slice(10), 'oidc-provider': 'github' }
    expect((await accountOf(own, inputs))?.signIn).toEqual({
      kind: 'key',
      key: { secretId: 'AKIDother', secretKey: 'otherkey' },
    })
  })

  test('with a role alone is entered by the step’s key, or by its identity provider', async () => {
    expect((await accountOf(role, stepKey))?.signIn).toMatchObject({
      kind: 'role',
      key: { secretId: 'AKIDexample' },
      role: { arn: role.slice(10) },
    })
    expect((await accountOf(role, { 'oidc-provider': 'github' }))?.signIn).toMatchObject({
      kind: 'oidc',
      provider: 'github',
    })
  })

  test('with an identity provider does not use the step’s key', async () => {
    expect((await accountOf(`${role}, oidc-provider: github`, stepKey))?.signIn.kind).toBe('oidc')
  })

  test('with an identity provider sends the token of the job to no foreign endpoint, its own or the step’s', async () => {
    const text = (more: string) =>
      `accounts: { a: { ${role}, oidc-provider: github${more} } }\nsites: [{ account: a, zone-id: zone-1, hosts: a.com, cert-id: x }]`
    const endpoint = 'https://{service}.tencentcloudapi.com.evil.test'
    const refused = [expect.stringContaining(`endpoint: got “${endpoint}”; expected a host of *.tencentcloudapi.com`)]
    expect(await wrongIn(text(`, endpoint: "${endpoint}"`))).toEqual(refused)
    expect(await wrongIn(text(''), { inputs: { endpoint } })).toEqual(refused)
  })

  test('of the other site does not take the step’s region', async () => {
    const regionOf = async (account: string) => (await accountOf(account, { ...stepKey, region: 'ap-beijing' }))?.region
    expect(await regionOf('site: international')).toBe('ap-singapore')
    expect(await regionOf('allowed-account-ids: 100000000001')).toBe('ap-beijing')
  })

  test('of which one part of a key is missing is an error that does not name the step’s', async () => {
    const text = `accounts: { a: { secret-id: "\${ID}" } }\nsites: [{ account: a, zone-id: zone-1, hosts: a.com, cert-id: x }]`
    expect(await wrongIn(text, { inputs: stepKey, env: { ID: 'AKIDother' } })).toEqual([
      expect.stringMatching(/^1:16 secret-key: got nothing; expected a key, all of it in inputs/),
    ])
  })
})

test('findings have the places of their values, wherever these come from, each once, in the order of the file', async () => {
  const sites = 'sites:\n  - { zone-id: zone-1, hosts: [a.com, b_c.com] }\n  - { zone-id: zone-2 }\n'
  expect(
    await wrongIn(`defaults:\n  rollback: maybe\n  cert-id: x\n${sites}`, { inputs: { ...stepKey, 'dry-run': '1' } }),
  ).toEqual([
    'dry-run: got “1”; expected true or false.',
    '2:13 rollback: got “maybe”; expected true or false.',
    '5:39 hosts: got “b_c.com”, a name with an underscore; expected letters, digits and hyphens: a host name has no underscore (RFC 1123 §2.1).',
    '6:5 hosts: got nothing; expected at least one host name.',
  ])
})
