import { expect, test } from 'vitest'
import { parseInputs } from '../../src/inputs/inputs.ts'
import { Problem } from '../../src/model/problem.ts'
import { envWith } from '../support/inputs.ts'

/** The inputs, or the Problem that they are. */
const parsed = (change: Readonly<Record<string, string>>) => {
  try {
    return parseInputs(envWith(change))
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
}

test.each([
  ['', 1_200_000],
  [' 5 ', 300_000],
  ['0.01', 600],
  ['360', 21_600_000],
])('wait-minutes %j is %d ms', (minutes, waitMs) => {
  expect(parsed({ 'wait-minutes': minutes })).toMatchObject({ waitMs })
})

test.each(['0', '-0', '-1', '360.1', 'Infinity', 'NaN', '1,5', '5m', '0x10', '1e1'])(
  'wait-minutes %j is refused',
  (minutes) => {
    const problem = parsed({ 'wait-minutes': minutes })
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({
      code: 'Input.Invalid',
      findings: [{ input: 'wait-minutes', seen: { en: `“${minutes}”` } }],
    })
  },
)

test.each([
  'https://user:PaSsWoRd@{service}.example.com',
  'https://user:PaSs/PaSsWoRd@example.com',
  'user:PaSsWoRd@example.com',
  `https://user:${'PaSsWoRd'.repeat(20)}@example.com`,
])('a password in the endpoint is refused without being shown: %s', (endpoint) => {
  const problem = parsed({ endpoint: endpoint })
  expect(problem).toMatchObject({ findings: [{ input: 'endpoint' }] })
  expect(problem instanceof Problem && problem.message + JSON.stringify(problem.findings)).not.toMatch(/PaSs/)
})

test('names every wrong input at once, and hosts once for each wrong entry', () => {
  const problem = parsed({
    'zone-id': 'x',
    hosts: 'http://a.b, c_d.e',
    'cert-id': '?',
    'secret-id': ' ',
    'secret-key': '中',
    'session-token': 'a b',
    site: 'x',
    endpoint: 'x',
    'api-version': 'x',
    language: 'x',
    'wait-for': 'x',
    'wait-minutes': 'x',
  })
  if (!(problem instanceof Problem)) throw new Error('no Problem')
  const names = problem.findings.map(({ input }) => input)
  expect(names.toSorted()).toEqual(
    [
      ...['zone-id', 'hosts', 'hosts', 'cert-id', 'secret-id', 'secret-key', 'session-token'],
      ...['site', 'endpoint', 'api-version', 'language', 'wait-for', 'wait-minutes'],
    ].toSorted(),
  )
  expect(problem.message).toMatch(
    /^13 invalid inputs\. zone-id: got “x”; expected .+, such as zone-2fgd17m17xw\. hosts: got .+\.$/,
  )
})
