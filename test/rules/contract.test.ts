import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { tables } from '../../src/errors/index.ts'
import { inputDefaults } from '../../src/inputs/inputs.ts'
import { outputNames } from '../../src/report/outputs.ts'
import { requestClient } from '../../src/tencent/client.ts'
import { version } from '../../src/util/version.ts'

const root = join(import.meta.dirname, '../..')
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))

test('action.yml and the code have the same inputs, defaults and outputs', () => {
  const entries = Object.entries(action.inputs).map(([name, input]) => [name, Object(input).default ?? ''])
  expect(Object.fromEntries(entries)).toEqual(inputDefaults)
  expect(Object.keys(action.outputs)).toEqual([...outputNames])
})

test('action.yml runs the committed bundle under Node 24', () => {
  expect(action.runs.using).toBe('node24')
  expect(existsSync(join(root, action.runs.main))).toBe(true)
})

test('the version is the package’s, and the client name is one that the API takes', () => {
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version).toBe(version)
  expect(requestClient).toMatch(/^[0-9a-zA-Z\-_ ,;.]{1,128}$/)
  expect(requestClient).toContain(version)
})

test('what to do names no input that does not exist', () => {
  const planned =
    /`(certificate|private-key|zone-name|match|if-no-hosts|mode|keep-other-algorithms|min-days-left|role-arn|oidc-[a-z]+|role-[a-z-]+|allowed-account-ids|region|dry-run|connect-to|rollback|old-certificates|cert-alias|comment-on-pull-request)`/
  for (const explanations of Object.values(tables)) {
    for (const [code, { meaning, fix }] of Object.entries(explanations)) {
      const name = planned.exec(`${meaning} ${fix}`)?.[1]
      if (name !== undefined) expect(Object.keys(action.inputs), `${code} names ${name}`).toContain(name)
    }
  }
})
