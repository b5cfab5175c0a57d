import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyForms, partsOf } from '../support/key-forms.ts'
import { pemOf } from '../support/pem-material.ts'
import { bundle, runStep, type StepRun, shownLog } from '../world/runner.ts'
import { good } from './scenario.ts'

const keys = {
  EC: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
}

/** Each place where a reader could find it. */
const sinksOf = ({ stdout, stderr, outputs, summary, document }: StepRun): Readonly<Record<string, string>> => {
  const isCommand = (line: string) => line.startsWith('::')
  const lines = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return {
    log: lines.filter((line) => !isCommand(line)).join('\n'),
    annotation: lines.filter(isCommand).join('\n'),
    'standard error': stderr,
    outputs: JSON.stringify(outputs),
    document,
    summary,
  }
}

/** Where any part of it is shown. */
const leaksOf = (run: StepRun, secret: string): string[] => {
  const parts = partsOf(secret)
  expect(parts.length).toBeGreaterThan(0)
  return Object.entries(sinksOf(run)).flatMap(([name, text]) =>
    parts.some((part) => text.includes(part)) ? [name] : [],
  )
}

/** Nothing but masks is printed before the last mask, and the whole value is masked. */
const expectMasked = ({ stdout }: StepRun, secret: string): void => {
  const lines = stdout.split('\n')
  const last = lines.findLastIndex((line) => line.startsWith('::add-mask::'))
  expect(lines.slice(0, last).filter((line) => !line.startsWith('::add-mask::'))).toEqual([])
  const printed = secret
    .split('\n')
    .filter((line) => line.trim().length >= 8 && !line.includes('-----'))
    .join('\n')
  // What another program prints of it, once this step has told the runner.
  const masked = shownLog(`${lines.slice(0, last + 1).join('\n')}\n${printed}`).join('\n')
  expect(partsOf(printed).filter((part) => masked.includes(part))).toEqual([])
}

describe.concurrent.each(Object.entries(keyForms))('never shows a key as %s', (_, form) => {
  const [ec, rsa] = [form(keys.EC), form(keys.RSA)]
  const expectSecret = (run: StepRun): void => {
    expect(leaksOf(run, ec)).toEqual([])
    expect(leaksOf(run, rsa)).toEqual([])
  }

  test('in either input', async () => {
    const given = { 'cert-id': '', certificate: ec, 'private-key': rsa }
    const run = await runStep({ entry: bundle, inputs: { ...good, ...given } })
    expect(run.outputs['error-code']).toMatch(/^Certificate\.(?:File|Unreadable|KeyMismatch)$/)
    expectSecret(run)
    for (const secret of [ec, rsa]) expectMasked(run, secret)
  })

  test('in files', async () => {
    const files = { 'fullchain.pem': rsa, 'tls.key': ec }
    const given = { 'cert-id': '', certificate: 'fullchain.pem', 'private-key': 'tls.key' }
    const run = await runStep({ entry: bundle, inputs: { ...good, ...given }, files })
    expect(run.outputs['error-code']).toMatch(/^Certificate\.(?:Unreadable|KeyMismatch)$/)
    expectSecret(run)
  })
})

test.each(['JWK', 'colon hex', 'base64 of PEM', 'base64 in double quotes'])(
  'beside inputs that are wrong: %s',
  async (name) => {
    const secret = keyForms[name]?.(keys.EC) ?? ''
    const inputs = { ...good, 'cert-id': '', certificate: secret, 'private-key': secret, mode: 'none' }
    const run = await runStep({ entry: bundle, inputs })
    expect(run.outputs['error-code']).toBe('Input.Invalid')
    expect(leaksOf(run, secret)).toEqual([])
    expectMasked(run, secret)
  },
)

test.each(['cert-id', 'cert-alias', 'hosts', 'zone-id', 'connect-to', 'privat-key'])(
  'a PEM key that was pasted into %s is not quoted by the error',
  async (input) => {
    const secret = pemOf(keys.RSA)
    const run = await runStep({ entry: bundle, inputs: { ...good, [input]: secret, mode: 'none' } })
    expect(run.outputs['error-code']).toBe('Input.Invalid')
    expect(leaksOf(run, secret)).toEqual([])
    expectMasked(run, secret)
  },
)

test('there are at least 24 forms, all different', () => {
  const all = new Set(Object.values(keyForms).map((form) => form(keys.EC)))
  expect(all.size).toBe(Object.keys(keyForms).length)
  expect(all.size).toBeGreaterThanOrEqual(24)
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
