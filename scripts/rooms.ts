import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const src = join(import.meta.dirname, '../src')

export interface Room {
  /** What happens there, for CONTRIBUTING.md. */
  readonly what: string
  /** The rooms that it may import from, besides itself. */
  readonly may: readonly string[]
}

/** The rooms of src/, from the top down. The only copy of the import rule: the test, `npm run check` and CONTRIBUTING.md read it here. */
export const rooms: Readonly<Record<string, Room>> = {
  entries: { what: '', may: ['run', 'report', 'runner', 'model'] },
  run: {
    what: '',
    may: ['deploy', 'discover', 'credentials', 'inputs', 'plan', 'pem', 'tencent', 'model', 'util', 'runner'],
  },
  report: { what: '', may: ['plan', 'tencent', 'model', 'util', 'runner'] },
  deploy: { what: '', may: ['discover', 'plan', 'pem', 'inputs', 'tencent', 'model', 'util'] },
  discover: { what: '', may: ['plan', 'pem', 'inputs', 'tencent', 'model', 'util', 'deploy'] },
  plan: { what: '', may: ['tencent', 'model', 'util'] },
  pem: { what: '', may: ['inputs', 'model', 'util'] },
  inputs: { what: '', may: ['credentials', 'tencent', 'model', 'util'] },
  credentials: { what: '', may: ['tencent', 'model', 'util'] },
  tencent: { what: '', may: ['errors', 'model', 'util'] },
  runner: { what: '', may: ['model', 'util'] },
  model: { what: '', may: ['errors', 'util', 'plan', 'inputs', 'tencent'] },
  errors: { what: '', may: [] },
  util: { what: '', may: [] },
}

/** `run.ts` is a room of its own; the other files at the top are the entries. */
const roomOf = (file: string): string => {
  const [room = '', more] = file.split('/')
  if (more !== undefined) return room
  return file === 'run.ts' ? 'run' : 'entries'
}

/** The sources, by their paths below src/ with `/`, and what each imports: files of ours, and packages. */
export const readSources = (): ReadonlyMap<
  string,
  { readonly ours: readonly string[]; readonly packages: readonly string[] }
> => {
  const files = globSync('**/*.ts', { cwd: src }).map((file) => file.replaceAll(sep, '/'))
  return new Map(
    files.toSorted().map((file) => {
      const text = readFileSync(join(src, file), 'utf8')
      const specifiers = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'([^'\s]+)'/g)].map(([, name]) => name ?? '')
      const ours = specifiers.filter((name) => name.startsWith('.'))
      const packages = specifiers.filter((name) => !name.startsWith('.'))
      const target = (name: string) => relative(src, join(src, dirname(file), name)).replaceAll(sep, '/')
      return [file, { ours: ours.map(target), packages }]
    }),
  )
}

type Sources = ReturnType<typeof readSources>

/** Imports that the rule forbids, each as `from -> to`, and files that lie in no room. */
export const forbiddenImports = (sources: Sources): string[] =>
  [...sources].flatMap(([file, { ours }]) => {
    const room = rooms[roomOf(file)]
    if (room === undefined) return [`${file} lies in no room`]
    const allowed = [roomOf(file), ...room.may]
    return ours.filter((target) => !allowed.includes(roomOf(target))).map((target) => `${file} -> ${target}`)
  })

/** The first circle of imports that there is, as the files along it. */
export const circle = (sources: Sources): string[] | undefined => {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const next of sources.get(file)?.ours ?? []) {
      const found = visit(next, [...path, file])
      if (found !== undefined) return found
    }
    done.add(file)
    return undefined
  }
  for (const file of sources.keys()) {
    const found = visit(file, [])
    if (found !== undefined) return found
  }
  return undefined
}
