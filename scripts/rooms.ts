import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const src = join(import.meta.dirname, '../src')

export interface Room {
  /** What happens there, for CONTRIBUTING.md. */
  readonly what: string
  /** The other rooms that it may import from. */
  readonly may: readonly string[]
}

/** The rooms of src/, from the top down. The only copy of the import rule: the test, `npm run check` and CONTRIBUTING.md read it here. */
export const rooms: Readonly<Record<string, Room>> = {
  entries: {
    what: '`main.ts`: opens the world, runs the step, publishes the report, sets the exit code; `deploying.ts` and `auditing.ts`: what each of the two steps publishes; `main-audit.ts` starts the audit; `posts.ts`: keeps the pull request comment and the issue',
    may: ['run', 'report', 'inputs', 'runner', 'model', 'util'],
  },
  run: {
    what: '`run.ts`: the story of the step, as the README draws it; `run-audit.ts`: that of the audit',
    may: ['fleet', 'inputs', 'model', 'util'],
  },
  fleet: {
    what: 'signs in to every account, and deploys to its sites, or audits them, side by side; what the sites of an account have in common',
    may: ['credentials', 'deploy', 'audit', 'discover', 'tencent', 'model', 'util'],
  },
  report: {
    what: 'the result as outputs, JSON document, summary, timeline, annotation, comment, issue and last line of the log, in every language',
    may: ['errors', 'model', 'util'],
  },
  deploy: {
    what: '`deploySite`, the work on one site: batches, waiting, probes, rollback, retiring old certificates; the progress of each host',
    may: ['discover', 'plan', 'tencent', 'model', 'util'],
  },
  audit: {
    what: '`auditSite`, the look at one site: its hosts, their certificates, what they serve; the findings',
    may: ['discover', 'tencent', 'model', 'util'],
  },
  discover: {
    what: 'reads the zone, its hosts and the certificates; selects the hosts, and checks the certificates against them; sees what hosts serve',
    may: ['tencent', 'errors', 'model', 'util'],
  },
  plan: {
    what: 'decides the change of each host from its desired and its current setting; the wording of the plan',
    may: ['model', 'util'],
  },
  credentials: {
    what: 'signing in: by a key, or by a role that a key or the job’s OIDC token may assume',
    may: ['tencent', 'model', 'util'],
  },
  inputs: {
    what: 'reads the inputs into the spec of a site and reports all problems at once; masks secrets',
    may: ['pem', 'model', 'util'],
  },
  pem: { what: 'reads certificates, keys and chains from text', may: ['model', 'util'] },
  tencent: {
    what: 'the client of Tencent Cloud: signature, retries, rate limit, responses, pages; the actions of TEO, SSL and STS',
    may: ['errors', 'model', 'util'],
  },
  runner: {
    what: 'the only room with effects: GitHub’s commands, files and API, HTTP, TLS, DNS, the clock',
    may: ['model', 'util'],
  },
  model: {
    what: 'the words of the domain: certificate, host, setting, change, stage, progress, problem, result, ports',
    may: ['errors', 'util'],
  },
  errors: {
    what: 'every error code: its meaning and its fix in both languages, whether it is retried, and whether it concerns a host, a certificate or all',
    may: ['util'],
  },
  util: { what: 'text, JSON, lists, concurrency, suggestions, removing secrets from text', may: [] },
}

/** The stories are a separate room; the other files at the top are the entries. */
const roomOf = (file: string): string => {
  const [room = '', more] = file.split('/')
  if (more !== undefined) return room
  return file.startsWith('run') ? 'run' : 'entries'
}

/** The sources, by their paths below src/ with `/`, and what each imports: other sources, and packages. */
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

/** Imports that the rule forbids, each as `from -> to`, and files that are in no room. */
export const forbiddenImports = (sources: Sources): string[] =>
  [...sources].flatMap(([file, { ours }]) => {
    const room = rooms[roomOf(file)]
    if (room === undefined) return [`${file} lies in no room`]
    const allowed = [roomOf(file), ...room.may]
    return ours.filter((target) => !allowed.includes(roomOf(target))).map((target) => `${file} -> ${target}`)
  })

/** The first import cycle, as the files along it. */
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
