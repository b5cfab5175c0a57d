import { expect, test } from 'vitest'
import { parseInputs } from '../../src/inputs/inputs.ts'
import { Problem } from '../../src/model/problem.ts'

const good = {
  'INPUT_ZONE-ID': 'zone-2fgd17m17xw',
  INPUT_HOSTS: 'a.example.com',
  'INPUT_CERT-ID': 'J2JqATrt',
  'INPUT_SECRET-ID': 'AKIDexample',
  'INPUT_SECRET-KEY': 'keyexample',
}

/** The inputs, or the Problem that they are. */
const parsed = (change: Readonly<Record<string, string>>) => {
  try {
    return parseInputs({ ...good, ...change })
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
  expect(parsed({ 'INPUT_WAIT-MINUTES': minutes })).toMatchObject({ waitMs })
})

test.each(['0', '-0', '-1', '360.1', 'Infinity', 'NaN', '1,5', '5m', '0x10', '1e1'])(
  'wait-minutes %j is refused',
  (minutes) => {
    const problem = parsed({ 'INPUT_WAIT-MINUTES': minutes })
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({
      code: 'Input.Invalid',
      findings: [{ input: 'wait-minutes', seen: `“${minutes}”` }],
    })
  },
)

test.each([
  'https://user:PaSsWoRd@{service}.example.com',
  'https://user:PaSs/PaSsWoRd@example.com',
  'user:PaSsWoRd@example.com',
  `https://user:${'PaSsWoRd'.repeat(20)}@example.com`,
])('a password in the endpoint is refused without being shown: %s', (endpoint) => {
  const problem = parsed({ INPUT_ENDPOINT: endpoint })
  expect(problem).toMatchObject({ findings: [{ input: 'endpoint' }] })
  expect(problem instanceof Problem && problem.message + JSON.stringify(problem.findings)).not.toMatch(/PaSs/)
})

test('every input that is wrong is named at once, hosts once for each entry', () => {
  const problem = parsed({
    'INPUT_ZONE-ID': 'x',
    INPUT_HOSTS: 'http://a.b, c_d.e',
    'INPUT_CERT-ID': '?',
    'INPUT_SECRET-ID': ' ',
    'INPUT_SECRET-KEY': '中',
    'INPUT_SESSION-TOKEN': 'a b',
    INPUT_SITE: 'x',
    INPUT_ENDPOINT: 'x',
    'INPUT_API-VERSION': 'x',
    INPUT_LANGUAGE: 'x',
    'INPUT_WAIT-FOR': 'x',
    'INPUT_WAIT-MINUTES': 'x',
  })
  if (!(problem instanceof Problem)) throw new Error('no Problem')
  const names = problem.findings.map(({ input }) => input)
  expect(names.toSorted()).toEqual(
    [
      ...['zone-id', 'hosts', 'hosts', 'cert-id', 'secret-id', 'secret-key', 'session-token'],
      ...['site', 'endpoint', 'api-version', 'language', 'wait-for', 'wait-minutes'],
    ].toSorted(),
  )
  expect(problem.message).toMatch(/^13 wrong input values\./)
})
