import { expect } from 'vitest'
import { isDeep } from '../support/depth.ts'
import type { Told, World } from '../world/world.ts'
import { scenario as recorded, type Scenario } from './scenario.ts'

/** A service, a gateway and a proxy that quote what they were sent. `scenario` searches all that is shown for every secret of the run. */

const scenario = (name: string, options: Scenario) => recorded(name, { ...options, unrecorded: true })

const names = ['example.com', '*.example.com'] as const
const paths = { 'cert-id': '', certificate: 'fullchain.pem', 'private-key': 'privkey.pem' }

const issued = async ({ issue }: World) => {
  const dates = { notBefore: new Date('2026-06-01T00:00:00Z'), notAfter: new Date('2036-06-01T00:00:00Z') }
  const { chain, privateKey } = await issue(names, { algorithm: 'RSA 2048', ...dates })
  return { 'fullchain.pem': chain, 'privkey.pem': privateKey }
}

type Request = Parameters<Exclude<Told, string>>[0]

/** From the key on: what stands before it is long, and would be cut off. */
const keyOf = ({ body }: Request): string => body.slice(Math.max(0, body.indexOf('PrivateKey')))

const spellings: Readonly<Record<string, (text: string) => string>> = {
  clear: (text) => text,
  'base64 at a place that is no multiple of three': (text) => Buffer.from(`x${text}`).toString('base64'),
  base64url: (text) => Buffer.from(`xy${text}`).toString('base64url'),
  URL: (text) => encodeURIComponent(text).replaceAll('%2B', '%2b'),
  'JSON twice': (text) => JSON.stringify(JSON.stringify(text)).replaceAll('/', '\\/'),
  HTML: (text) => text.replace(/[+/=":\\]/g, (c) => `&#${c.charCodeAt(0)};`),
  'other lines': (text) => text.replace(/(\\n)+/g, '').replace(/.{50}/g, '$&\n'),
}

/** A scenario of its own for each spelling and quoter if everything is tried; otherwise each spelling is quoted by one of the three. */
const isTried = (spelling: number, quoter: number): boolean => isDeep || spelling % 3 === quoter

for (const [n, [spelling, spell]] of Object.entries(spellings).entries()) {
  const message: Told = (request) => `Bad request: ${spell(keyOf(request))}`
  if (isTried(n, 0))
    scenario(`scrubs the key from a refusal of its upload, in ${spelling}`, {
      inputs: paths,
      prepare: async (world) => {
        world.state.faults.push({ kind: 'refuse', on: 'UploadCertificate', code: 'InvalidParameter', message })
        return { files: await issued(world) }
      },
      check: ({ outputs, document }) => {
        expect(outputs['error-code']).toBe('InvalidParameter')
        expect(outputs['error-message']).toMatch(/Bad request: .*\*\*\*/)
        expect(document).toContain('***')
      },
    })
  if (isTried(n, 1))
    scenario(`scrubs the key from HTTP 502 of a gateway, in ${spelling}`, {
      inputs: { ...paths, 'wait-minutes': '0.25' },
      prepare: async (world) => {
        const fault = { kind: 'status', on: 'UploadCertificate', status: 502, body: message } as const
        world.state.faults.push(...Array.from({ length: 40 }, () => fault))
        return { files: await issued(world) }
      },
      check: ({ outputs }) => {
        expect(outputs['error-code']).toBe('Network.HttpStatus')
        expect(outputs['error-message']).toMatch(/Bad request: .*\*\*\*/)
      },
    })
  const authorization = ({ headers }: Request) => spell(`${headers.authorization} ${String(headers['x-tc-token'])}`)
  if (isTried(n, 2))
    scenario(`scrubs the signature and the token from a refusal, in ${spelling}`, {
      inputs: {
        'secret-id': 'AKIDtemporaryTEMPORARYtemporaryEXAMPLE0',
        'secret-key': 'tEmpSeCrEtKeyForTheTestWorldEXAMPLE1',
        'session-token': 'tOkEn-for-the-test-world-Qm9ndXM-EXAMPLE',
      },
      prepare: ({ state }) => {
        state.faults.push({
          kind: 'refuse',
          code: 'InvalidParameter',
          message: authorization,
          requestId: authorization,
        })
      },
      check: (run, { state }) => {
        expect(run.outputs['error-code']).toBe('InvalidParameter')
        expect(run.outputs['request-id']).toContain('***')
        const all = [run.stdout, run.summary, run.document, ...Object.values(run.outputs)].join('\n')
        const signature = state.signatures.at(-1) ?? 'none'
        for (const form of [signature, Buffer.from(signature).toString('base64').slice(4, -4)])
          expect(all).not.toContain(form)
        expect(all).not.toContain('Signature')
      },
    })
}

scenario('scrubs the OIDC token from a refusal of STS and from a gateway', {
  inputs: {
    'secret-id': '',
    'secret-key': '',
    'role-arn': 'qcs::cam::uin/100000000001:roleName/edgeone-deploy',
    'oidc-provider': 'github',
  },
  env: (world) => world.oidcEnv,
  prepare: ({ state }) => {
    const body: Told = (request) => `{"seen":${JSON.stringify(request.body)}}`
    const on = 'AssumeRoleWithWebIdentity'
    state.faults.push({ kind: 'status', on, status: 502, body })
    state.faults.push({ kind: 'refuse', on, code: 'InvalidParameter.WebIdentityTokenError', message: body })
  },
  check: ({ outputs }) => {
    expect(outputs['error-code']).toBe('InvalidParameter.WebIdentityTokenError')
    expect(outputs['error-message']).toContain('***')
  },
})

const password = 'pRoXy p@ss%2F:word-EXAMPLE'
const credentials = `${encodeURIComponent('user')}:${encodeURIComponent(password)}`

scenario('shows no password of a proxy that quotes it in its answer to CONNECT', {
  env: ({ proxy }) => ({ HTTPS_PROXY: proxy.replace('//', `//${credentials}@`) }),
  prepare: ({ state }) => {
    state.secretTexts.push(password, encodeURIComponent(password), Buffer.from(`user:${password}`).toString('base64'))
    Object.assign(state, {
      proxyStatus: 407,
      proxyTells: (headers: Request['headers']) => `${headers['proxy-authorization']} ${password}`,
    })
  },
  check: (run, { state }) => {
    expect(run.outputs['error-code']).toBe('Network.Proxy')
    expect(run.stdout).toContain('::add-mask::')
    expect([...state.proxyUsers]).toEqual([`user:${password}`])
  },
})
scenario('scrubs the password of a proxy that a gateway quotes', {
  env: ({ proxy }) => ({ HTTPS_PROXY: proxy.replace('//', `//${credentials}@`) }),
  prepare: ({ state }) => {
    const sent = Buffer.from(`user:${password}`).toString('base64')
    state.secretTexts.push(password, encodeURIComponent(password), sent)
    const body = `Via: Basic ${sent} / ${password} / ${encodeURIComponent(password)}`
    state.faults.push({ kind: 'status', status: 403, body })
  },
  check: ({ outputs }) => expect(outputs['error-message']).toContain('Via: Basic *** / *** / ***'),
})
