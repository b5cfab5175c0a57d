import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const undici: Record<string, unknown> = require('undici')

/** What scripts/undici.js takes from the inside of the package, which has no promise of staying. */
const parts = {
  Agent: 'undici/lib/dispatcher/agent.js',
  Client: 'undici/lib/dispatcher/client.js',
  Dispatcher: 'undici/lib/dispatcher/dispatcher.js',
  ProxyAgent: 'undici/lib/dispatcher/proxy-agent.js',
  buildConnector: 'undici/lib/core/connect.js',
}

test.each(Object.entries(parts))('undici has its %s in %s', (name, path) => {
  expect(require(path)).toBe(undici[name])
})

test('undici puts the function of api-connect.js onto its dispatchers', () => {
  const { prototype } = Object(undici['Dispatcher'])
  expect(require('undici/lib/api/api-connect.js')).toBe(prototype.connect)
})

test('the bundle takes no other path into undici, and all that is imported from undici', () => {
  const entry = readFileSync(join(root, 'scripts/undici.js'), 'utf8')
  const paths = [...entry.matchAll(/from '(.*)'/g)].map(([, path]) => path)
  expect(new Set(paths)).toEqual(new Set([...Object.values(parts), 'undici/lib/api/api-connect.js']))
  const exported = [...entry.matchAll(/default as (\w+)|export const (\w+)/g)].map(([, part, own]) => part ?? own)
  const theirs = ['http-client/lib/index.js', 'github/lib/internal/utils.js'].map((path) =>
    readFileSync(join(root, 'node_modules/@actions', path), 'utf8'),
  )
  const ours = ['http', 'tunnel'].map((name) => readFileSync(join(root, `src/runner/${name}.ts`), 'utf8'))
  const imported = [...theirs, ...ours].flatMap((text) =>
    [...text.matchAll(/import \{(.*)\} from 'undici'/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    ),
  )
  expect(imported).toEqual(expect.arrayContaining(['ProxyAgent', 'fetch']))
  for (const name of imported) if (!name.startsWith('type ')) expect(exported).toContain(name)
})

test('dist/ has undici once, without what it does not need, and its licence', () => {
  const files = globSync('*.js', { cwd: join(root, 'dist') })
  const bundle = files.map((name) => readFileSync(join(root, 'dist', name), 'utf8')).join('\n')
  for (const mark of ['class Agent extends DispatcherBase', 'class ProxyAgent extends DispatcherBase'])
    expect(bundle.split(mark)).toHaveLength(2)
  expect(bundle).not.toMatch(/class (MockAgent|WebSocket|EnvHttpProxyAgent)\b/)
  expect(readFileSync(join(root, 'dist/licenses.txt'), 'utf8')).toMatch(/^undici$/m)
})
