import type { Language } from '../util/language.ts'
import { common } from './common.ts'
import { inFamily } from './family.ts'
import { own } from './own.ts'
import { ssl } from './ssl.ts'
import { sts } from './sts.ts'
import { teo } from './teo.ts'
import type { Facts, Row, Rows, Service, ServiceCode, Texts } from './types.ts'

export { withPermission } from './permission.ts'
export type {
  Budget,
  Call,
  Concerns,
  Condition,
  Facts,
  Retry,
  Row,
  Rows,
  Service,
  ServiceCode,
  Texts,
} from './types.ts'

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

/** The row of a service's code, or that of its family. Undefined when the catalogue has neither. */
export const rowOf = (service: Service, code: string): Row | undefined => inFamily(tables[service], tables.common, code)

/** The texts of a failure; undefined for a code that the catalogue does not have. */
export type Catalogue = (facts: Facts) => Texts | undefined

/** The texts of every failure in a language. English needs nothing more than the row. */
export const catalogue = async (language: Language): Promise<Catalogue> => {
  if (language === 'en-US') return ({ row }) => row
  // In a chunk of its own: an English run does not load it.
  const { chinese } = await import('./zh/index.ts')
  return chinese
}
