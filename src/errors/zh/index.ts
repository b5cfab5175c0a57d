import { inFamily } from '../family.ts'
import type { Facts, Service, Texts } from '../types.ts'
import { commonTexts } from './common.ts'
import { ownTexts } from './own.ts'
import { permissionTexts } from './permission.ts'
import { sslTexts } from './ssl.ts'
import { stsTexts } from './sts.ts'
import { teoTexts } from './teo.ts'

// The Chinese texts of the catalogue, in a chunk of their own.

export const zhTables: Readonly<Record<Service | 'common' | 'own', Readonly<Record<string, Texts>>>> = {
  teo: teoTexts,
  ssl: sslTexts,
  sts: stsTexts,
  common: commonTexts,
  own: ownTexts,
}

/** The Chinese texts of a failure, by the rule by which its row was found. */
export const chinese = ({ code, row, call }: Facts): Texts | undefined => {
  if (row === undefined) return undefined
  if (call === undefined) return Object.hasOwn(zhTables.own, code) ? zhTables.own[code] : undefined
  const texts = row.forbidden ? permissionTexts(call) : undefined
  return texts ?? inFamily(zhTables[call.service], zhTables.common, code)
}
