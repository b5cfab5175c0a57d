import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './process.ts'

const bundled = [
  ['floor', 'the floor: two bare signed `node:https` POSTs'],
  ['floor-ssl', 'three bare POSTs: the same calls as this action'],
  ['sdk-teo', 'official SDK, package teo, with `@actions/core`'],
  ['sdk-teo-ssl-by-id', 'official SDK, packages teo and ssl: the same calls'],
  ['sdk-whole', 'official SDK, whole, the same work, bundled'],
  ['sdk-teo-ssl', 'official SDK, packages teo and ssl, with `@actions/core`'],
  ['sdk-teo-ssl-parallel', 'the same SDK, uploading while it reads the hosts'],
] as const
type Entry = (typeof bundled)[number][0] | 'action' | 'empty' | 'sdk-whole-installed'

export interface Contender {
  readonly name: string
  readonly file: string
}
export type Contenders = Readonly<Record<Entry, Contender>>

export const out = 'bench/out'
const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'

/** Bundles all contenders, each with its own HTTP stack. */
export const buildContenders = (): Contenders => {
  rmSync(join(root, out), { recursive: true, force: true })
  run('node_modules/typescript/bin/tsc', '-p', 'bench/tsconfig.json')
  writeFileSync(join(root, out, 'package.json'), '{ "type": "module" }')
  const bundle = (entry: Entry): Contender => {
    run(ncc, 'build', `${out}/entries/${entry}.js`, '-o', `${out}/${entry}`)
    return { name: new Map<Entry, string>(bundled).get(entry) ?? entry, file: join(root, out, entry, 'index.js') }
  }
  return {
    action: { name: 'this action, `dist/index.js`', file: join(root, 'dist/index.js') },
    empty: { name: 'an empty Node process', file: join(root, out, 'entries/empty.js') },
    'sdk-whole-installed': {
      name: 'official SDK, whole, the same work, from `node_modules/`',
      file: join(root, out, 'entries/sdk-whole.js'),
    },
    floor: bundle('floor'),
    'floor-ssl': bundle('floor-ssl'),
    'sdk-teo-ssl-by-id': bundle('sdk-teo-ssl-by-id'),
    'sdk-teo': bundle('sdk-teo'),
    'sdk-whole': bundle('sdk-whole'),
    'sdk-teo-ssl': bundle('sdk-teo-ssl'),
    'sdk-teo-ssl-parallel': bundle('sdk-teo-ssl-parallel'),
  }
}

/** Bundles the action; gives the folder. */
export const buildAction = () => {
  run('scripts/build.ts', '--out', `${out}/action`)
  return join(root, out, 'action')
}
