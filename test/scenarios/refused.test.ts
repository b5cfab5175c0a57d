import { expect } from 'vitest'
import { roleArn } from '../world/state.ts'
import { key, type World } from '../world/world.ts'
import { scenario, writes } from './scenario.ts'

const refuse = (code: string, message: string) => (world: World) => {
  world.state.faults.push({ kind: 'refuse', code, message })
}

// The codes that the reference lists for ModifyHostsCertificate 2022-01-06; InternalError.SystemError heals, see below.
const codes: readonly (readonly [code: string, message: string])[] = [
  ['FailedOperation.CertificateNotFound', 'The certificate does not exist.'],
  ['InternalError.GetRoleError', 'Failed to get the role.'],
  ['InvalidParameter.InvalidCertInfo', 'Incorrect certificate information.'],
  ['OperationDenied', 'Operation denied.'],
  ['ResourceUnavailable.HostNotFound', 'The domain name does not exist or not use a proxy.'],
]
for (const [code, message] of codes) {
  scenario(`explains the refusal ${code}`, {
    whole: code === 'FailedOperation.CertificateNotFound',
    prepare: refuse(code, message),
    check: ({ outputs }, { state }) => {
      expect(outputs).toMatchObject({ 'error-code': code, changed: 'false', 'failed-hosts': '["www.example.com"]' })
      expect(outputs['request-id']).toMatch(/^5ca1ab1e-/)
      expect(writes(state)).toBe(1)
    },
  })
}

scenario('retries InternalError.SystemError', {
  prepare: refuse('InternalError.SystemError', 'Internal system error.'),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})

scenario('suggests the nearest host for a misspelt one', { inputs: { hosts: 'www.example.com, wwww.example.com' } })
scenario('explains that the account does not have the certificate', { inputs: { 'cert-id': 'nope0000' } })
scenario('explains a wrong secret key', { inputs: { 'secret-key': `${key.secretKey}x` } })
scenario('explains that the site no longer answers API version 2022-01-06', {
  inputs: { 'api-version': '2022-01-06' },
  prepare: ({ state }) => {
    state.legacyAnswers = false
  },
  check: ({ outputs, summary }, { state }) => {
    expect(outputs).toMatchObject({ 'error-code': 'NoSuchVersion', changed: 'false' })
    expect(summary).toContain('Set `api-version` to `2022-09-01`')
    // It is not retried.
    expect(state.counts.get('DescribeHostsCertificate')).toBe(1)
  },
})
scenario('reports a code that it does not know', { prepare: refuse('Surprise.OfTheDay', 'Something new.') })
scenario('reports a refusal without a message', { prepare: refuse('OperationDenied', '') })
scenario('shows a Chinese message as it came', { prepare: refuse('OperationDenied', '操作被拒绝。') })
scenario('shows a hostile message as plain text', {
  whole: true,
  prepare: refuse(
    'OperationDenied',
    '::error::owned\n::set-output name=outcome::changed\r\n##[error]x ##[add-mask]y `<img src=x>` | **bold** [a](http://x.test) </details><script>\u001b[31m\u202e@everyone',
  ),
  check: ({ stdout, summary }) => {
    const commands = stdout.split('\n').filter((line) => /^\s*::/.test(line))
    expect(commands.filter((line) => !/^::(add-mask|group|endgroup|error title=)/.test(line))).toEqual([])
    expect(commands.filter((line) => line.startsWith('::error'))).toHaveLength(1)
    expect(summary).not.toContain('\u001b')
  },
})

const byRole = { 'role-arn': roleArn }
const byPem = { 'cert-id': '', certificate: 'fullchain.pem', 'private-key': 'privkey.pem' }
const issued = async ({ issue }: World) => {
  const dates = { notBefore: new Date('2026-06-01T00:00:00Z'), notAfter: new Date('2036-06-01T00:00:00Z') }
  const { chain, privateKey } = await issue(['*.example.com'], { algorithm: 'RSA 2048', ...dates })
  return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
}
for (const [on, code, inputs] of [
  ['AssumeRole', 'InvalidParameter.OverLimit', byRole],
  ['ModifyHostsCertificate', 'UnauthorizedOperation.Unknown', {}],
  ['ModifyHostsCertificate', 'InvalidParameter.ZoneIsGrayPublishing', {}],
  ['ModifyHostsCertificate', 'OperationDenied.DisableZoneNotCompleted', {}],
  ['UploadCertificate', 'FailedOperation.NetworkError', byPem],
  ['UploadCertificate', 'FailedOperation.SystemError', byPem],
] as const) {
  scenario(`retries ${on} after ${code}`, {
    unrecorded: true,
    inputs,
    prepare: (world) => {
      world.state.faults.push({ kind: 'refuse', on, code, message: 'Try again later.' })
      return 'certificate' in inputs ? issued(world) : {}
    },
    check: ({ outputs }, { state }) => {
      expect(outputs['outcome']).toBe('changed')
      expect(state.counts.get(on)).toBe(2)
    },
  })
}
for (const [on, code, inputs] of [
  ['AssumeRole', 'InternalError.IllegalRole', byRole],
  ['UploadCertificate', 'InternalError', byPem],
] as const) {
  scenario(`does not retry ${on} after ${code}`, {
    unrecorded: true,
    inputs: { ...inputs, 'wait-minutes': '0.1' },
    prepare: (world) => {
      const refusal = { kind: 'refuse', on, code, message: 'No.' } as const
      world.state.faults.push(...Array.from({ length: 20 }, () => refusal))
      return 'certificate' in inputs ? issued(world) : {}
    },
    check: ({ outputs }, { state }) => {
      expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': code })
      expect(state.counts.get(on)).toBe(1)
    },
  })
}
