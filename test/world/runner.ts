import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { isDeep } from '../support/depth.ts'
import { envOf } from '../support/inputs.ts'

const repository = join(import.meta.dirname, '../..')

/** The two ways to start the step: from the sources, and from the committed bundle, which is built from them. */
export const source = 'src/main.ts'
export const bundle = 'dist/index.js'
/** The same for the audit. */
export const auditSource = 'src/main-audit.ts'
export const auditBundle = 'dist/audit/index.js'
export type Entry = typeof source | typeof bundle | typeof auditSource | typeof auditBundle

/** What scenarios start: the bundle, because that is what users run; and the sources as well if everything is tried. */
export const entries: readonly Entry[] = isDeep ? [source, bundle] : [bundle]
export const auditEntries: readonly Entry[] = isDeep ? [auditSource, auditBundle] : [auditBundle]

export interface StepOptions {
  readonly entry: Entry
  readonly inputs: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Files in the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>
  /** Receives the child process as soon as it runs, so that a test can signal it. */
  readonly onStart?: (child: ChildProcess) => void
}

export interface StepRun {
  readonly exitCode: number | null
  /** Standard output as the runner receives it, including commands. */
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** The whole result, as JSON. */
  readonly document: string
  /** What the step wrote into the other command files: always nothing. */
  readonly otherFiles: string
  /** When the process ended, on the clock of `performance`. */
  readonly ended: number
}

/**
 * Both entries start hundreds of times, so they start faster than on a runner: with compiled code from a cache, and with room for new
 * objects, so that none are collected. A runner starts the bundle once, without either: `npm run bench` measures that.
 */
const compileCache = join(repository, 'node_modules/.cache/entries')
const flagsOf = (entry: Entry): readonly string[] => [
  '--min-semi-space-size=16',
  ...(entry.startsWith('src/') ? ['--import', join(import.meta.dirname, 'bundle-paths.ts')] : []),
]

const metadataOf = (path: string) => parse(readFileSync(join(repository, path), 'utf8'))
const [metadata, auditMetadata] = [metadataOf('action.yml'), metadataOf('audit/action.yml')]
const isAudit = (entry: Entry): boolean => entry === auditSource || entry === auditBundle

/** Names of the outputs that the action.yml of an entry promises. */
export const promisedOutputs = (entry: Entry): readonly string[] =>
  Object.keys((isAudit(entry) ? auditMetadata : metadata).outputs)

/** The file that the output `result-path` names, or the output `result`, which it replaces. */
const readDocument = async (outputs: StepRun['outputs']): Promise<string> => {
  const path = outputs['result-path']
  return path === undefined ? (outputs['result'] ?? '') : readFile(path, 'utf8')
}

/** Without `${{ github.token }}`, which the runner would put into its place: scenarios that need a token give one. */
const defaultsOf = (entry: Entry): Readonly<Record<string, string>> => {
  const inputs: object = (isAudit(entry) ? auditMetadata : metadata).inputs
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      String(Object(value).default ?? '').replace(/^\$\{\{.*\}\}$/, ''),
    ]),
  )
}

/** Starts the step as the runner does: inputs in the environment, command files, an empty workspace, no inherited variables. */
export const runStep = async ({
  entry,
  inputs,
  env = {},
  files: inWorkspace = {},
  onStart,
}: StepOptions): Promise<StepRun> => {
  const folder = await mkdtemp(join(tmpdir(), 'step-'))
  const workspace = join(folder, 'workspace')
  await mkdir(workspace)
  for (const [path, content] of Object.entries(inWorkspace)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true })
    await writeFile(join(workspace, path), content)
  }
  const files = ['OUTPUT', 'STEP_SUMMARY', 'ENV', 'PATH', 'STATE'].map(
    (name) => [`GITHUB_${name}`, join(folder, name)] as const,
  )
  for (const [, path] of files) await writeFile(path, '')
  const child = spawn(process.execPath, [...flagsOf(entry), join(repository, entry)], {
    cwd: workspace,
    env: {
      ...envOf({ ...defaultsOf(entry), ...inputs }),
      ...Object.fromEntries(files),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: folder,
      RUNNER_OS: 'Linux',
      NODE_COMPILE_CACHE: compileCache,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk) => {
      chunks[stream] += chunk
    })
  }
  onStart?.(child)
  const exitCode = await new Promise<number | null>((done) => child.once('close', done))
  const ended = performance.now()
  const [output = '', summary = '', ...others] = await Promise.all(files.map(([, path]) => readFile(path, 'utf8')))
  const outputs = readOutputs(output)
  const document = await readDocument(outputs)
  await rm(folder, { recursive: true })
  return { exitCode, ...chunks, outputs, summary, document, otherFiles: others.join(''), ended }
}

/** `name<<delimiter`, lines, delimiter: the format of the file GITHUB_OUTPUT. */
const readOutputs = (file: string): Record<string, string> => {
  const found = file.matchAll(/^(.+?)<<(\S+)\r?\n([\s\S]*?)\r?\n?^\2\r?$/gm)
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]))
}

/** The log as the runner shows it to a reader: masks (from the line that sets them), groups, annotations. */
export const shownLog = (stdout: string): string[] => {
  const masks: string[] = []
  const decode = (text: string) => text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%')
  const shown: string[] = []
  let indent = ''
  for (const line of stdout.split('\n')) {
    const [, command, title = '', value = ''] = /^::([a-z-]+)(?: title=([^:]*))?::(.*)$/.exec(line) ?? []
    if (command === 'add-mask') masks.push(decode(value))
    else if (command === 'group') {
      shown.push(`▼ ${decode(value)}`)
      indent = '  '
    } else if (command === 'endgroup') indent = ''
    else if (command === 'debug') continue
    else if (command !== undefined) {
      const heading = decode(title).replaceAll('%3A', ':').replaceAll('%2C', ',')
      shown.push(
        `${command === 'error' ? 'Error' : 'Warning'}: ${heading}`,
        ...decode(value)
          .split('\n')
          .map((l) => `  ${l}`),
      )
    } else shown.push(indent + line)
  }
  return shown.map((line) => masked(line, masks))
}

/** A line with its masks, as the runner makes it: every mask is found in the line as printed, then what they cover is replaced. */
const masked = (line: string, masks: readonly string[]): string => {
  const covered = Array.from({ length: line.length }, () => false)
  for (const mask of masks) {
    for (let at = line.indexOf(mask); mask !== '' && at >= 0; at = line.indexOf(mask, at + 1)) {
      covered.fill(true, at, at + mask.length)
    }
  }
  return line.replace(/[\s\S]/g, (char, i: number) => (covered[i] ? (covered[i - 1] ? '' : '***') : char))
}
