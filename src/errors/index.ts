import { common } from './common.ts'
import { own } from './own.ts'
import { ssl } from './ssl.ts'
import { sts } from './sts.ts'
import { teo } from './teo.ts'
import type { Row, Rows, Service, ServiceCode } from './types.ts'

export { withPermission } from './permission.ts'
export type { Budget, Concerns, Condition, Retry, Row, Rows, Service, ServiceCode } from './types.ts'

/** A code of this action. */
export type OwnCode = keyof typeof own

/** A code of a service that the catalogue has. */
export type KnownServiceCode = keyof typeof teo | keyof typeof ssl | keyof typeof sts | keyof typeof common

/** A code of this action, or whatever a service answered. */
export type Code = OwnCode | ServiceCode

/** The catalogue. Codes in `common` may come from every service. */
export const tables: Readonly<Record<Service | 'common' | 'own', Rows>> = { teo, ssl, sts, common, own }

/** Whether a text is a code of this action. */
export const isOwn = (code: string): code is OwnCode => Object.hasOwn(own, code)

/** The row of a code of this action. */
export const ownRow = (code: OwnCode): Row => own[code]

/**
 * The row of a service's code, or that of the family it belongs to: `InternalError` for `InternalError.Xyz`. The service's own table
 * comes first at each level, then the common one. Undefined when neither knows the family.
 */
export const rowOf = (service: Service, code: string): Row | undefined => {
  for (const key of families(code)) {
    for (const rows of [tables[service], tables.common]) {
      if (Object.hasOwn(rows, key)) return rows[key]
    }
  }
  return undefined
}

/** `A.B.C`, `A.B`, `A`. */
const families = (code: string): string[] => {
  const parts = code.split('.')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'))
}
