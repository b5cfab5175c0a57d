import { describe, expect, test } from 'vitest'
import { type Row, rowOf, type Service, tables } from '../../src/errors/index.ts'
import {
  concernsOf,
  hasCode,
  isDeploying,
  isForbidden,
  ownProblem,
  Problem,
  type ProblemDetails,
} from '../../src/model/problem.ts'
import { retryOf } from '../../src/tencent/retry.ts'
import { inBoth } from '../../src/util/language.ts'
import { problemOf } from '../support/problem.ts'
import reference from './reference-codes.json' with { type: 'json' }

// The codes that Tencent Cloud lists for these calls, bare, as its SDKs of August 2026 have them.
test('the catalogue has every code of the reference, in the table of its service', () => {
  expect(Object.keys(tables.teo)).toEqual(expect.arrayContaining(reference.teo))
  expect(Object.keys(tables.common)).toEqual(expect.arrayContaining(reference.common))
  expect(Object.keys(tables.ssl)).toEqual(expect.arrayContaining(reference.ssl))
  expect(Object.keys(tables.sts)).toEqual(expect.arrayContaining(reference.sts))
  expect(reference.teo).toHaveLength(72)
})

test('every text is whole sentences', () => {
  for (const rows of Object.values(tables)) {
    for (const [code, { meaning, fix }] of Object.entries(rows)) {
      for (const text of [meaning, fix]) {
        expect(text, code).toMatch(/^\S[\s\S]*\.\)?$/)
        expect((text.match(/`/g) ?? []).length % 2, code).toBe(0)
        expect(text, code).not.toMatch(/ {2}|\n|\.\.|undefined|\$\{/)
      }
    }
  }
})

describe('the row of a code', () => {
  test.each([
    ['teo', 'InternalError.DBError', tables.teo['InternalError.DBError']],
    ['teo', 'InternalError.Brandnew', tables.common['InternalError']],
    ['ssl', 'InternalError.Brandnew', tables.ssl['InternalError']],
    ['teo', 'OperationDenied.Brandnew', tables.teo['OperationDenied']],
    ['sts', 'OperationDenied.Brandnew', undefined],
    ['teo', 'AuthFailure.UnauthorizedOperation.Brandnew', tables.teo['AuthFailure.UnauthorizedOperation']],
    ['teo', 'AuthFailure.Brandnew', tables.common['AuthFailure']],
    ['teo', 'InternalErrorX', undefined],
    ['teo', 'Surprise.OfTheDay', undefined],
    ['teo', 'toString', undefined],
  ] satisfies [Service, string, Row | undefined][])('%s %s is its own, or that of its family', (service, code, row) => {
    expect(rowOf(service, code)).toBe(row)
  })
})

/** The codes of a table that have something in common, without those of which nothing is said. */
const classes = (
  rows: Readonly<Record<string, Row>>,
  classOf: (row: Row) => string | undefined,
): Readonly<Record<string, readonly string[]>> => {
  const found: Record<string, string[]> = {}
  for (const [code, row] of Object.entries(rows).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const name = classOf(row)
    if (name !== undefined) found[name] = [...(found[name] ?? []), code]
  }
  return found
}

/** How a code is retried, and whom it concerns. */
const classOf = ({ retry, concerns = 'host' }: Row): string =>
  [retry?.budget ?? 'none', retry?.only, concerns].filter((part) => part !== undefined).join(', ')

describe('the class of every code', () => {
  // A row for each code: a change of its class is a change of this file.
  test('is in the table of classes', async () => {
    const lines = Object.entries(tables).flatMap(([table, rows]) =>
      Object.entries(rows)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, row]) => `${table.padEnd(6)} ${code.padEnd(74)} ${classOf(row)}`),
    )
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('code-classes.txt')
  })

  test('what is retried, how long and when; everything else is not', () => {
    const retried = Object.entries(tables).map(([table, rows]) => [
      table,
      classes(rows, ({ retry }) => retry && [retry.budget, retry.only].filter(Boolean).join(' ')),
    ])
    expect(Object.fromEntries(retried)).toEqual({
      own: {
        bounded: ['Network.Connect', 'Network.Reset', 'Network.Response', 'Network.Timeout'],
        'bounded with HTTP 5xx or 429': ['Network.HttpStatus'],
      },
      common: {
        bounded: ['InternalError', 'ServiceUnavailable'],
        deadline: [
          'RequestLimitExceeded',
          'RequestLimitExceeded.GlobalRegionUinLimitExceeded',
          'RequestLimitExceeded.IPLimitExceeded',
          'RequestLimitExceeded.UinLimitExceeded',
          'ResourceInUse',
        ],
      },
      teo: {
        bounded: [
          'InternalError.DBError',
          'InternalError.ProxyServer',
          'InternalError.RouteError',
          'InternalError.SystemError',
          'InternalError.UnknowError',
          'UnauthorizedOperation.Unknown',
        ],
        deadline: [
          'InvalidParameter.ActionInProgress',
          'InvalidParameter.ZoneIsGrayPublishing',
          'LimitExceeded.RateLimitExceeded',
          'OperationDenied.DisableZoneNotCompleted',
          'ResourceInUse',
        ],
        'deadline for two minutes after an upload': [
          'FailedOperation.CertificateNotFound',
          'ResourceUnavailable.CertNotFound',
        ],
        'deadline without a reason, or for two minutes after an upload with a generic one': [
          'FailedOperation.ModifyFailed',
        ],
      },
      ssl: {
        bounded: ['FailedOperation.NetworkError', 'FailedOperation.SystemError'],
        'bounded except for uploads': ['InternalError'],
        deadline: ['LimitExceeded.RateLimitExceeded'],
      },
      sts: {
        bounded: [
          'InternalError.DbError',
          'InternalError.EncryptError',
          'InternalError.GetAppIdError',
          'InternalError.GetSeedTokenError',
          'InternalError.PbSerializeError',
          'InternalError.SystemError',
          'InternalError.UnknownError',
        ],
        deadline: ['InvalidParameter.OverLimit', 'RequestLimitExceeded'],
      },
    })
  })

  test('whom a refusal by EdgeOne concerns; everything else may concern one host', () => {
    expect(classes(tables.teo, ({ concerns }) => concerns)).toEqual({
      all: [
        'AuthFailure.UnauthorizedOperation',
        'FailedOperation.InvalidZoneStatus',
        'InternalError.DBError',
        'InternalError.GetRoleError',
        'InternalError.ProxyServer',
        'InternalError.RouteError',
        'InternalError.SystemError',
        'InternalError.UnknowError',
        'InvalidParameter.ZoneIsGrayPublishing',
        'InvalidParameter.ZoneNotFound',
        'InvalidParameterValue.ZoneNotFound',
        'LimitExceeded.RateLimitExceeded',
        'OperationDenied.DisableZoneNotCompleted',
        'OperationDenied.ErrZoneIsAlreadyPaused',
        'OperationDenied.VersionControlIsGraying',
        'ResourceUnavailable.ZoneNotFound',
        'UnauthorizedOperation',
        'UnauthorizedOperation.CamUnauthorized',
        'UnauthorizedOperation.NoPermission',
        'UnauthorizedOperation.Unknown',
      ],
      certificate: [
        'FailedOperation.CertificateHasExpired',
        'FailedOperation.CertificateNotFound',
        'InvalidParameter.CertToExpire',
        'InvalidParameter.CertTooShortKeySize',
        'InvalidParameter.InvalidCertInfo',
        'OperationDenied.CertificatePrivateKeyIsEmpty',
        'ResourceUnavailable.CertNotFound',
      ],
      together: [
        'OperationDenied.HostsCertificateInconsistency',
        'OperationDenied.HostsClientCertificateInconsistency',
        'OperationDenied.HostsKeylessServerInconsistency',
        'OperationDenied.HostsUpstreamCertificateInconsistency',
        'OperationDenied.HostsUpstreamCertificateVerifyInconsistency',
        'OperationDenied.KeylessCertSwitchToFreeCertConflict',
      ],
    })
  })

  test('of the codes of any service, these may concern one host; so may our own of hosts', () => {
    const single = (rows: Readonly<Record<string, Row>>) =>
      classes(rows, ({ concerns = 'host' }) => (concerns === 'host' ? concerns : undefined))['host']
    expect(single(tables.common)).toEqual([
      'FailedOperation',
      'InvalidParameter',
      'InvalidParameterValue',
      'LimitExceeded',
      'RequestSizeLimitExceeded',
      'ResourceInUse',
      'ResourceInsufficient',
      'ResourceNotFound',
      'ResourceUnavailable',
      'ResponseSizeLimitExceeded',
      'UnsupportedOperation',
    ])
    expect(single(tables.ssl)).toEqual(['FailedOperation'])
    expect(single(tables.sts)).toBeUndefined()
    expect(single(tables.own)?.filter((code) => !code.startsWith('Verify.'))).toEqual([
      'Certificate.AlgorithmConflict',
      'Certificate.AlgorithmUnknown',
      'Certificate.NotCovered',
      'Input.HostNotOnline',
      'Input.UnknownHosts',
    ])
  })

  test('what is a missing permission', () => {
    const forbidden = Object.entries(tables).map(([table, rows]) => [
      table,
      classes(rows, (row) => row.forbidden && 'yes')['yes'],
    ])
    expect(Object.fromEntries(forbidden)).toEqual({
      own: undefined,
      common: ['AuthFailure.UnauthorizedOperation', 'UnauthorizedOperation'],
      teo: [
        'AuthFailure.UnauthorizedOperation',
        'UnauthorizedOperation',
        'UnauthorizedOperation.CamUnauthorized',
        'UnauthorizedOperation.NoPermission',
      ],
      ssl: [
        'AuthFailure.UnauthorizedOperation',
        'FailedOperation.AuthError',
        'FailedOperation.CAMAuthorizedFail',
        'FailedOperation.NoProjectPermission',
      ],
      sts: ['UnauthorizedOperation'],
    })
  })
})

describe('a Problem reads its row', () => {
  const isRetried = (problem: Problem, action = 'ModifyHostsCertificate') => retryOf(problem, action) !== undefined

  test('FailedOperation.ModifyFailed is retried without a message, and soon after an upload with a generic one', () => {
    const after = (message: string, sinceUpload?: number) =>
      retryOf(problemOf('FailedOperation.ModifyFailed', { message }), 'ModifyHostsCertificate', sinceUpload) !==
      undefined
    expect([after(' '), after(' ', 0), after('no'), after('no', 0)]).toEqual([true, true, false, false])
    for (const text of ['操作失败。', 'Operation failed.', 'operation failed']) {
      expect([after(text), after(text, 120_000), after(text, 120_001)]).toEqual([false, true, false])
    }
    expect(after('Operation failed: no such host.', 0)).toBe(false)
  })

  test.each(['ResourceUnavailable.CertNotFound', 'FailedOperation.CertificateNotFound'])(
    '%s is retried only within two minutes of an upload',
    (code) => {
      const problem = problemOf(code, { message: 'The certificate does not exist or is not authorized.' })
      const after = (sinceUpload?: number) => retryOf(problem, 'ModifyHostsCertificate', sinceUpload) !== undefined
      expect([after(), after(0), after(120_000), after(120_001)]).toEqual([false, true, true, false])
    },
  )

  test('an internal error of SSL Certificate Service is retried, but not for an upload', () => {
    const problem = problemOf('InternalError', {}, 'ssl')
    expect(isRetried(problem, 'DescribeCertificates')).toBe(true)
    expect(isRetried(problem, 'UploadCertificate')).toBe(false)
    expect(isRetried(problemOf('FailedOperation.SystemError', {}, 'ssl'), 'UploadCertificate')).toBe(true)
  })

  test.each([
    [502, true],
    [429, true],
    [403, false],
    [undefined, false],
  ])('HTTP %s from a gateway is retried: %o', (status, retried) => {
    expect(isRetried(ownProblem('Network.HttpStatus', { message: inBoth('HTTP 502 with x'), status }))).toBe(retried)
  })

  test.each<[code: string, message: string, concerns: string, more?: string]>([
    ['ResourceUnavailable.HostNotFound', '', 'host'],
    ['InternalErrorX', '', 'host'],
    ['AuthFailure.UnauthorizedOperation', '', 'all', 'forbidden'],
    ['UnauthorizedOperation.NoPermission', '', 'all', 'forbidden'],
    ['UnauthorizedOperation.Unknown', '', 'all'],
    ['AuthFailure.SecretIdNotFound', '', 'all'],
    ['UnauthorizedOperationX', '', 'host'],
    ['FailedOperation.CertificateNotFound', '', 'certificate'],
    ['OperationDenied.HostsKeylessServerInconsistency', '', 'together'],
    ['OperationDenied.Inconsistency', '', 'host'],
    ['OperationDenied', '当前域名状态为部署中，请稍后重试。', 'host', 'deploying'],
    ['OperationDenied.Brandnew', 'The domain is being deployed.', 'host', 'deploying'],
    ['OperationDenied.ConfigLocked', 'The domain is being deployed.', 'host'],
    ['InternalError.ConfigLocked', '', 'host'],
    ['LimitExceeded.HostsLimitExceeded', '', 'host'],
    ['LimitExceeded.RateLimitExceeded', '', 'all'],
    ['UnsupportedOperation', '', 'host'],
    ['OperationDenied.VersionControlIsGraying', '', 'all'],
    ['OperationDenied', '', 'host'],
    ['OperationDeniedX', '部署中', 'host'],
    ['FailedOperation', '部署中', 'host'],
  ])('%s “%s” concerns %s %s', (code, message, concerns, more) => {
    const problem = problemOf(code, { message })
    expect(concernsOf(problem)).toBe(concerns)
    expect(isForbidden(problem)).toBe(more === 'forbidden')
    expect(isDeploying(problem)).toBe(more === 'deploying')
  })

  test('what lasted until the deadline concerns all', () => {
    const cause = ownProblem('Network.Deadline', { message: inBoth('') })
    expect(concernsOf(problemOf('ResourceInUse', { cause }))).toBe('all')
  })
})

describe('codes are closed: what is misspelt does not compile', () => {
  const problem = problemOf('FailedOperation.CertificateExists')

  test('in a comparison', () => {
    expect(hasCode(problem, 'FailedOperation.CertificateExists')).toBe(true)
    // @ts-expect-error a code of a service without its last letter
    expect(hasCode(problem, 'FailedOperation.CertificateExist')).toBe(false)
    // @ts-expect-error a code of this action without an l
    expect(hasCode(problem, 'Run.Canceled')).toBe(false)
  })

  test('in a Problem', () => {
    expect(ownProblem('Run.Cancelled', { message: inBoth('') }).row).toBeDefined()
    // @ts-expect-error a code of this action without an l
    expect(ownProblem('Run.Canceled', { message: '' }).row).toBeUndefined()
    // @ts-expect-error only the parser of responses takes a text for a code of a service
    const details: ProblemDetails = { code: 'FailedOperation', message: '' }
    expect(new Problem(details).row).toBeUndefined()
  })
})
