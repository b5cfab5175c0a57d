import { inFamily } from '../family.ts'
import type { Facts, Service, Texts } from '../types.ts'
import { ownTexts } from './own.ts'
import { permissionTexts } from './permission.ts'

// The Chinese texts of the catalogue, in a chunk of their own.

export const zhTables: Readonly<Record<Service | 'common' | 'own', Readonly<Record<string, Texts>>>> = {
  teo: {},
  ssl: {},
  sts: {},
  common: {},
  own: ownTexts,
}

/** The Chinese texts of a failure, by the rule by which its row was found. */
export const chinese = ({ code, row, call }: Facts): Texts | undefined => {
  if (row === undefined) return undefined
  if (call === undefined) return Object.hasOwn(zhTables.own, code) ? zhTables.own[code] : undefined
  const texts = row.forbidden ? permissionTexts(call) : undefined
  return texts ?? inFamily(zhTables[call.service], zhTables.common, code)
}
