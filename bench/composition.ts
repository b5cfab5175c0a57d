import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildAction } from './contenders.ts'
import { root } from './process.ts'

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())

/** Bytes of a folder. */
export const bytesOf = (folder: string): number =>
  filesOf(folder).reduce((total, name) => total + statSync(join(folder, name)).size, 0)

/** The package of a module: the last one below node_modules, or the action itself. */
const packageOf = (module: string): string => {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/ ]+)/.exec(module) ?? []
  return name ?? (module.startsWith('./lib/') ? 'this action' : 'the bundler')
}

const addTo = (sizes: Map<string, number>, name: string, bytes: number) =>
  sizes.set(name, (sizes.get(name) ?? 0) + bytes)

/** Splits a file where a module begins, or the bundler's own code at the end, and adds up the bytes by package. */
const addBundle = (sizes: Map<string, number>, text: string) => {
  const begins = /^\t*(?:\/\*!|\/\/!) (\.\S+|external)|^var __webpack_module_cache__/gm
  let [at, owner] = [0, 'the bundler']
  for (const { index, 1: path } of text.matchAll(begins)) {
    addTo(sizes, owner, Buffer.byteLength(text.slice(at, index)))
    at = index
    owner = packageOf(path ?? '')
  }
  addTo(sizes, owner, Buffer.byteLength(text.slice(at)))
}

/** Bytes of each package in dist/, the largest first. Throws when dist/ is not what the sources build. */
export const composition = (): readonly (readonly [name: string, bytes: number])[] => {
  const bundle = buildAction()
  const sizes = new Map<string, number>()
  for (const name of filesOf(join(root, 'dist'))) {
    const text = readFileSync(join(root, 'dist', name), 'utf8')
    if (!name.endsWith('.js')) {
      addTo(sizes, `\`${name}\``, Buffer.byteLength(text))
      continue
    }
    if (readFileSync(join(bundle, name), 'utf8') !== text) throw new Error('dist/ is out of date: npm run build')
    addBundle(sizes, text)
  }
  return [...sizes].toSorted(([, a], [, b]) => b - a)
}
