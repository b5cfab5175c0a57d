import { expect, test } from 'vitest'
import { checkCertificates } from '../../src/discover/check.ts'
import type { Order } from '../../src/model/certificate.ts'
import { Problem } from '../../src/model/problem.ts'

const now = Date.UTC(2027, 0, 31)

/** The Problem of a certificate with this order; undefined when all is well. */
const check = (order: Order | undefined, notAfter?: number): Problem | undefined => {
  try {
    checkCertificates([{ id: 'one', order, notAfter }], { hosts: [], minDaysLeft: 0, now })
    return undefined
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
}

test.each<[string, Order | undefined]>([
  ['without an order', undefined],
  ['with an order that tells nothing', {}],
  ['that is issued', { status: 1, deployable: true, type: 'SVR' }],
  ['that is being reissued', { status: 11, deployable: true }],
  ['that is being migrated', { status: 15 }],
  ['in a state that is new', { status: 99 }],
  ['with its type in lower case', { type: 'svr' }],
])('a certificate %s passes', (_, order) => expect(check(order)).toBeUndefined())

test.each<[string, Order, string]>([
  ...[0, 2, 4, 5, 8, 13].map((status): [string, Order, string] => [
    `status ${status}`,
    { status, deployable: false },
    'Certificate.NotIssued',
  ]),
  ...[6, 7, 9, 10, 12, 14].map((status): [string, Order, string] => [
    `status ${status}`,
    { status, deployable: true },
    'Certificate.Revoked',
  ]),
  ['status 3', { status: 3 }, 'Certificate.Expired'],
  ['status 1, not deployable', { status: 1, deployable: false }, 'Certificate.NotDeployable'],
  ['status 11, not deployable', { status: 11, deployable: false }, 'Certificate.NotDeployable'],
  ['type CA', { status: 1, deployable: false, type: 'CA' }, 'Certificate.NotServer'],
])('a certificate with %s is refused', (_, order, code) => {
  const problem = check(order)
  expect(problem).toMatchObject({ code, message: expect.stringContaining('one, which') })
  expect(problem?.findings).toHaveLength(1)
  expect(problem?.row?.fix).toMatch(/\./)
})

test('a certificate that expired by its dates and by its state has one finding', () => {
  expect(check({ status: 3, deployable: false }, now)).toMatchObject({
    code: 'Certificate.Expired',
    findings: [expect.anything()],
  })
})
