import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { deployment } from '../../src/deploying.ts'
import { runnerLog } from '../../src/runner/actions.ts'
import { workspaceFiles } from '../../src/runner/files.ts'
import { countedClock } from '../support/clock.ts'
import { envWith } from '../support/inputs.ts'
import { keyForms } from '../support/key-forms.ts'
import { pemOf } from '../support/pem-material.ts'
import { expectMasked, leaksOf, type Shown, testForm } from '../support/shown.ts'

const keys = {
  EC: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
}

const workspace = mkdtempSync(join(tmpdir(), 'forms-'))
afterAll(() => rmSync(workspace, { recursive: true }))

const unused = () => Promise.reject(new Error('must not be called'))

/** What a step with these inputs shows, as `main.ts` has it. */
const shownBy = async (inputs: Readonly<Record<string, string>>): Promise<Shown> => {
  const printed: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0)
  try {
    const log = runnerLog('en-US')
    const done = await deployment({
      env: envWith({ 'cert-id': '', ...inputs }),
      language: 'en-US',
      send: unused,
      handshake: unused,
      resolve: unused,
      readFile: workspaceFiles(workspace),
      idToken: unused,
      clock: countedClock(),
      log,
      cancelled: new AbortController().signal,
    })
    for (const annotation of done.annotations) log.annotate(annotation)
    const { outputs, document, summary } = done.report()
    log.info(done.end())
    const scrubbed = Object.entries(outputs).map(([name, value]) => [name, log.scrub(value)])
    return {
      stdout: printed.join(''),
      stderr: '',
      outputs: Object.fromEntries(scrubbed),
      document: log.scrub(document),
      summary: log.scrub(summary),
    }
  } finally {
    write.mockRestore()
  }
}

describe.each(Object.entries(keyForms))('never shows a key as %s', (_, form) =>
  testForm(form(keys.EC), form(keys.RSA), ({ inputs, files = {} }) => {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(workspace, path), text)
    return shownBy(inputs)
  }),
)

test.each(['JWK', 'colon hex', 'base64 of PEM', 'base64 in double quotes'])(
  'beside inputs that are wrong: %s',
  async (name) => {
    const secret = keyForms[name]?.(keys.EC) ?? ''
    const shown = await shownBy({ certificate: secret, 'private-key': secret, mode: 'none' })
    expect(shown.outputs['error-code']).toBe('Input.Invalid')
    expect(leaksOf(shown, secret)).toEqual([])
    expectMasked(shown, secret)
  },
)

test.each(['cert-id', 'cert-alias', 'hosts', 'zone-id', 'connect-to', 'privat-key'])(
  'a PEM key that was pasted into %s is not quoted by the error',
  async (input) => {
    const secret = pemOf(keys.RSA)
    const shown = await shownBy({ 'cert-id': 'J2JqATrt', [input]: secret, mode: 'none' })
    expect(shown.outputs['error-code']).toBe('Input.Invalid')
    expect(leaksOf(shown, secret)).toEqual([])
    expectMasked(shown, secret)
  },
)

test('there are at least 24 forms, all different', () => {
  const all = new Set(Object.values(keyForms).map((form) => form(keys.EC)))
  expect(all.size).toBe(Object.keys(keyForms).length)
  expect(all.size).toBeGreaterThanOrEqual(24)
})
