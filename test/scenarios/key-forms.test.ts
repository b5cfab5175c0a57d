import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isDeep } from '../support/depth.ts'
import { keyForms } from '../support/key-forms.ts'
import { expectMasked, leaksOf, sinksOf, testForm } from '../support/shown.ts'
import { bundle, runStep } from '../world/runner.ts'
import { good } from './scenario.ts'

const keys = {
  EC: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
}

// test/unit/key-forms.test.ts tries all of them, without a process of their own.
const someForms = Object.entries(keyForms).filter((_, n) => isDeep || n % 5 === 0)

describe.concurrent.each(someForms)('never shows a key as %s', (_, form) =>
  testForm(form(keys.EC), form(keys.RSA), ({ inputs, files = {} }) =>
    runStep({ entry: bundle, inputs: { ...good, 'cert-id': '', ...inputs }, files }),
  ),
)

test('beside inputs that are wrong', async () => {
  const secret = keyForms['JWK']?.(keys.EC) ?? ''
  const inputs = { ...good, 'cert-id': '', certificate: secret, 'private-key': secret, mode: 'none' }
  const run = await runStep({ entry: bundle, inputs })
  expect(run.outputs['error-code']).toBe('Input.Invalid')
  expect(leaksOf(run, secret)).toEqual([])
  expectMasked(run, secret)
})

const missing = { 'cert-id': '', certificate: 'fullchain.pem\nchain.pem', 'private-key': 'privkey.pem' }

test('names every absent file of certificate, and says of private-key only that it is absent', async () => {
  const run = await runStep({ entry: bundle, inputs: { ...good, ...missing }, files: { 'fullchain.pem': 'x' } })
  expect(run.outputs['error-message']).toBe(
    'certificate: “chain.pem” cannot be read: it does not exist. Pass the path of a PEM file. private-key: a path (not shown) cannot be read: it does not exist. Pass the path of a PEM file.',
  )
  for (const text of Object.values(sinksOf(run))) expect(text).not.toContain('privkey.pem')
  const both = await runStep({ entry: bundle, inputs: { ...good, ...missing } })
  expect(both.outputs['error-message']).toMatch(/“fullchain.pem”.*“chain.pem”.*private-key/)
})

test('takes a long path that exists for a path', async () => {
  const run = await runStep({
    entry: bundle,
    inputs: {
      ...good,
      ...missing,
      certificate: 'MICertificatesOfTheExampleCompanyInProduction0123456789',
      'private-key': 'a---b',
    },
    files: { MICertificatesOfTheExampleCompanyInProduction0123456789: 'x', 'a---b': 'y' },
  })
  expect(run.outputs['error-message']).toMatch(
    /neither a certificate nor a private key in a file \(not shown\).*neither a certificate nor a private key in the file;/,
  )
})
