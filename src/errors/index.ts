import { common } from './common.ts'
import { own } from './own.ts'
import { ssl } from './ssl.ts'
import { sts } from './sts.ts'
import { teo } from './teo.ts'
import type { Explanation, Explanations } from './types.ts'

export type { Explanation, Explanations } from './types.ts'

/** Services of Tencent Cloud whose codes are explained here. */
export type Service = 'teo' | 'ssl' | 'sts'

/** Every table, by the service whose codes it explains; `common` may come from each of them, `own` from none. */
export const tables: Readonly<Record<Service | 'common' | 'own', Explanations>> = { teo, ssl, sts, common, own }

/**
 * What a code of a service means and what to do. A code that no table has is explained by its category (`AuthFailure.Xyz`
 * by `AuthFailure`): the API's reference builds every code as category and detail. `undefined` when that is unknown too.
 */
export const explain = (service: Service, code: string): Explanation | undefined => {
  const category = code.replace(/\..*$/s, '')
  for (const key of [code, category]) {
    for (const explanations of [tables[service], common]) {
      if (Object.hasOwn(explanations, key)) return explanations[key]
    }
  }
  return undefined
}
