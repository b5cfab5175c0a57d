import { expect, test } from 'vitest'
import { explain, tables } from '../../src/errors/index.ts'
import reference from './reference-codes.json' with { type: 'json' }

// The codes that Tencent Cloud lists for these calls, bare, as its SDKs of August 2026 have them.
test('every code of the reference is explained where it is listed', () => {
  expect(Object.keys(tables.teo)).toEqual(expect.arrayContaining(reference.teo))
  expect(Object.keys(tables.common)).toEqual(expect.arrayContaining(reference.common))
  expect(Object.keys(tables.ssl)).toEqual(expect.arrayContaining(reference.ssl))
  expect(Object.keys(tables.sts)).toEqual(expect.arrayContaining(reference.sts))
  expect(reference.teo).toHaveLength(72)
})

test('every explanation is a whole one', () => {
  for (const explanations of Object.values(tables)) {
    for (const [code, { meaning, fix }] of Object.entries(explanations)) {
      for (const text of [meaning, fix]) {
        expect(text, code).toMatch(/^\S[\s\S]*\.\)?$/)
        expect((text.match(/`/g) ?? []).length % 2, code).toBe(0)
        expect(text, code).not.toMatch(/ {2}|\n/)
      }
    }
  }
})

test('a code of no table is explained by its category, or not at all', () => {
  expect(explain('teo', 'InternalError.Brandnew')).toBe(tables.common['InternalError'])
  expect(explain('teo', 'Surprise.OfTheDay')).toBeUndefined()
  expect(explain('teo', 'toString')).toBeUndefined()
})
