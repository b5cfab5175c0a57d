import { expect } from 'vitest'
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
  scenario(`refused with ${code}`, {
    prepare: refuse(code, message),
    check: ({ outputs }, { state }) => {
      expect(outputs).toMatchObject({ 'error-code': code, changed: 'false', 'failed-hosts': '["www.example.com"]' })
      expect(outputs['request-id']).toMatch(/^5ca1ab1e-/)
      expect(writes(state)).toBe(1)
    },
  })
}

scenario('InternalError.SystemError, healed by the second attempt', {
  prepare: refuse('InternalError.SystemError', 'Internal system error.'),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})

scenario('a host that the zone does not have', { inputs: { hosts: 'www.example.com, wwww.example.com' } })
scenario('a certificate that the account does not have', { inputs: { 'cert-id': 'nope0000' } })
scenario('wrong secret key', { inputs: { 'secret-key': `${key.secretKey}x` } })
scenario('a code that no table has', { prepare: refuse('Surprise.OfTheDay', 'Something new.') })
scenario('an empty message', { prepare: refuse('OperationDenied', '') })
scenario('a Chinese message', { prepare: refuse('OperationDenied', '操作被拒绝。') })
scenario('a hostile message', {
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
