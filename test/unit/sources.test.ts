import { expect, test } from 'vitest'
import { ownProblem, toProblem } from '../../src/model/problem.ts'
import { loadPairs } from '../../src/pem/load.ts'
import { openSources } from '../../src/pem/sources.ts'
import { inBoth } from '../../src/util/language.ts'
import { inEnglish } from '../support/english.ts'
import { newMaterial, pemOf } from '../support/pem-material.ts'

const { one, ec } = await newMaterial()
const full = ec.leaf + one.pem
const pkcs8 = pemOf(ec.key)
const bodyOf = (pem: string) => pem.replace(/-----[^-]+-----/g, '').trim()

/** What is masked, and what is made of the inputs. */
const load = async (certificate: string, privateKey: string, files: Readonly<Record<string, string>> = {}) => {
  const masks: string[] = []
  const readFile = async (path: string) => {
    const text = files[path]
    if (text === undefined) throw ownProblem('Certificate.File', { message: inBoth('it is not there') })
    return text
  }
  const mask = (secret: string) => void masks.push(secret)
  const done = await openSources({ certificate, privateKey }, readFile, mask)
    .then((sources) => loadPairs(sources, mask))
    .catch(toProblem)
  return { masks, problem: done instanceof Error ? done : undefined }
}

const broken = (columns: number) =>
  pkcs8.replace(
    bodyOf(pkcs8),
    bodyOf(pkcs8)
      .replaceAll('\n', '')
      .replace(new RegExp(`.{${columns}}`, 'g'), '$&\n')
      .trim(),
  )

test.each([40, 64, 76, 500])(
  'a key in lines of %i columns is masked as it was given and as it is sent',
  async (columns) => {
    for (const [text, files] of [
      [broken(columns), {}],
      ['tls.key', { 'tls.key': broken(columns) }],
    ] as const) {
      const { masks, problem } = await load(full, text, files)
      expect(problem).toBeUndefined()
      expect(masks).toEqual(
        expect.arrayContaining([...bodyOf(broken(columns)).split('\n'), ...bodyOf(pkcs8).split('\n')]),
      )
      expect(masks).toEqual(expect.arrayContaining([bodyOf(broken(columns)), bodyOf(pkcs8)]))
    }
  },
)

test('neither the lines around a key nor a certificate is masked, nor the name of a file that exists', async () => {
  const { masks } = await load('full.pem', 'tls.key', { 'full.pem': full, 'tls.key': pkcs8 })
  expect(masks.filter((mask) => /-----|full|tls/.test(mask) || full.includes(mask))).toEqual([])
  expect((await load(full, pkcs8)).masks.filter((mask) => mask.includes('-----'))).toEqual([])
})

test('every file that is absent is named, of private-key only its place', async () => {
  const { masks, problem } = await load('a.pem\nb/*.example.com_ecc/full.cer\nc.pem', 'd.key\ne', { 'c.pem': full })
  expect(problem?.code).toBe('Certificate.File')
  expect(inEnglish(problem?.findings ?? []).map(({ input, seen }) => `${input}: ${seen}`)).toEqual([
    'certificate: “a.pem” cannot be read: it is not there',
    'certificate: “b/*.example.com_ecc/full.cer” cannot be read: it is not there',
    'private-key: path 1 (not shown) cannot be read: it is not there',
    'private-key: path 2 (not shown) cannot be read: it is not there',
  ])
  expect(masks).toEqual(['d.key'])
})

test.each([
  'certs/www.example.com',
  'fullchain.pem?x',
  `${'a'.repeat(200)}.pem`,
  `${'0aB1'.repeat(8)}.pem`,
  'key=abc.pem',
  'a.pem; b.pem',
])('what does not look like a path of PEM is not shown: %s', async (path) => {
  const { problem } = await load(path, 'tls.key', { 'tls.key': pkcs8 })
  expect(problem?.message).not.toContain(path.slice(0, 8))
})

test.each(['.', '/', 'a', 'key'])(
  'a few characters are not masked, or half of the log would be hidden: %s',
  async (path) => {
    expect((await load(full, path)).masks).toEqual([])
  },
)

test.each([`certs/${'long-'.repeat(60)}/fullchain.pem`, `${'a/'.repeat(150)}b.crt`])(
  'a long path of a file that is absent is reported as such, and not taken for PEM',
  async (path) => {
    const { problem } = await load(path, 'tls.key', { 'tls.key': pkcs8 })
    expect(inEnglish(problem?.findings ?? []).map(({ seen }) => seen)).toEqual([
      'a path (not shown) cannot be read: it is not there',
    ])
  },
)
