import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { keyLinesIn } from '../../src/pem/key-lines.ts'
import { goodInputs } from '../support/inputs.ts'
import { leakFinder } from '../support/secrets.ts'
import {
  bundle,
  type Entry,
  entries,
  promisedOutputs,
  runStep,
  type StepOptions,
  type StepRun,
  source,
} from '../world/runner.ts'
import { type Detail, secrets, transcript } from '../world/transcript.ts'
import { key, startWorld, type World } from '../world/world.ts'

const ajv = new Ajv2020({ allErrors: true })

/** Holds a document to a JSON Schema of docs/. */
export const schemaCheck = (name: string) => {
  const schema = join(import.meta.dirname, '../../docs', name)
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  return (document: string): void => {
    expect(validate(JSON.parse(document)), ajv.errorsText(validate.errors)).toBe(true)
  }
}
const checkResult = schemaCheck('result.schema.json')

export interface Scenario extends Detail {
  /** Where the scenario is not possible. */
  readonly skip?: boolean
  /** What is shown differs from run to run, so there is no transcript: only the promises of every run hold, and `check`. */
  readonly unrecorded?: boolean
  /** Added to, or in place of, the inputs of a run that succeeds. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>> | ((world: World) => Readonly<Record<string, string>>)
  /** May return files of the workspace, and further inputs. */
  readonly prepare?: (world: World) => unknown
  readonly onStart?: (child: Parameters<NonNullable<StepOptions['onStart']>>[0], world: World) => void
  /** What must hold besides the transcript. */
  readonly check?: (run: StepRun, world: World) => void
}

interface Prepared {
  readonly files?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
}

const isPrepared = (value: unknown): value is Prepared =>
  typeof value === 'object' && value !== null && ('files' in value || 'inputs' in value)

/** Inputs of a run that succeeds, and does not wait: scenarios of waiting ask for it. */
export const good = {
  ...goodInputs,
  'wait-for': 'accepted',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}

/** ModifyHostsCertificate calls that arrived. */
export const writes = (state: World['state']): number => state.counts.get('ModifyHostsCertificate') ?? 0

/** The hosts of each ModifyHostsCertificate call that arrived. */
export const sentHosts = ({ requests }: World['state']): string[][] =>
  requests.flatMap(({ action, body }) => (action === 'ModifyHostsCertificate' ? [JSON.parse(body).Hosts] : []))

/**
 * Everything that a run shows to anybody, uncut: each value on its own. Left out are the values to mask, and certificates, which
 * have the public part of a key in common with it.
 */
const shown = (run: StepRun, { requests, github }: World['state']): string[] => [
  run.stdout.replace(/^::add-mask::.*$/gm, ''),
  run.stderr,
  ...Object.values(run.outputs),
  run.summary,
  run.document,
  ...requests.map(({ body }) => body.replace(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs, '')),
  ...[...github.comments, ...github.issues].map(({ body }) => body),
  ...github.calls,
]

/** No secret is shown, and before the masks of the keys that were given, nothing is. */
const expectSecrecy = (run: StepRun, world: World, { files = {}, inputs = {} }: Prepared): void => {
  const keys = [...Object.values(files), ...Object.values(inputs)].flatMap(keyLinesIn)
  const leaksIn = leakFinder([...secrets, ...keys, ...world.state.secretTexts])
  expect(shown(run, world.state).flatMap(leaksIn)).toEqual([])
  const masks = run.stdout.lastIndexOf('::add-mask::')
  const before = run.stdout
    .slice(0, Math.max(0, masks))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('::add-mask::'))
  if (keys.length > 0) expect(before).toEqual([])
}

/** The promises that every run keeps: outputs, exit code, the schema of the result, and no file but those that it may write. */
const expectContract = (run: StepRun): void => {
  expect(run.exitCode).toBe(/^(changed|unchanged|planned)$/.test(run.outputs['outcome'] ?? '') ? 0 : 1)
  checkResult(run.document)
}

/** One of the two actions, and what its scenarios have in common. */
export interface Tested {
  readonly entries: readonly Entry[]
  /** Inputs of a run that succeeds. */
  readonly good: Readonly<Record<string, string>>
  /** What holds for every run, besides that no secret is shown. */
  readonly expectContract: (run: StepRun, world: World) => void
  /** The text of a transcript. */
  readonly record: typeof transcript
}

/** Each file of scenarios has a folder of transcripts that is called after it. */
const folderOf = (testFile: string): string => `transcripts/${basename(testFile, '.test.ts')}`
const fileOf = (name: string): string => `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.txt`

/** The scenarios of each test file: files share this module. */
const namesOf = new Map<string, string[]>()

const testOwnership = (names: readonly string[]): void =>
  test('each transcript belongs to one scenario', ({ task }) => {
    const ours = new Set(names.map(fileOf))
    expect(ours.size, 'two scenarios have the same transcript').toBe(names.length)
    const found = globSync('*', { cwd: join(import.meta.dirname, folderOf(task.file.filepath)) })
    expect(found.filter((file) => !ours.has(file))).toEqual([])
  })

/** One scenario on the entries of an action, each in a world of its own; all must match the same committed transcript. */
export const scenarioOf =
  (tested: Tested) =>
  (
    name: string,
    { skip = false, unrecorded = false, inputs, env, prepare, onStart, check, ...detail }: Scenario,
  ): void => {
    if (!unrecorded) {
      const file = expect.getState().testPath ?? ''
      const names = namesOf.get(file) ?? []
      namesOf.set(file, names)
      if (names.length === 0) testOwnership(names)
      names.push(name)
    }
    const suite = skip ? describe.skip : describe.concurrent
    suite(name, () => {
      test.for(tested.entries)('%s', async (entry, { expect: expectHere, task }) => {
        await using world = await startWorld()
        const given: unknown = await prepare?.(world)
        const prepared = isPrepared(given) ? given : {}
        const run = await runStep({
          entry,
          inputs: { ...tested.good, ...inputs, ...prepared.inputs },
          files: prepared.files ?? {},
          env: {
            HTTPS_PROXY: world.proxy,
            NODE_EXTRA_CA_CERTS: world.rootFile,
            ...(typeof env === 'function' ? env(world) : env),
          },
          onStart: (child) => onStart?.(child, world),
        })
        // Before a transcript is written: a secret must not get into one.
        expectSecrecy(run, world, prepared)
        expect(run.otherFiles).toBe('')
        expect(Object.keys(run.outputs).toSorted()).toEqual(promisedOutputs(entry).toSorted())
        tested.expectContract(run, world)
        const { requests, tunnels } = world.state
        const text = tested.record(run, requests, tunnels, detail)
        if (!unrecorded) await expectHere(text).toMatchFileSnapshot(`${folderOf(task.file.filepath)}/${fileOf(name)}`)
        check?.(run, world)
      })
    })
  }

/** A scenario of the deployment. */
export const scenario = scenarioOf({ entries, good, expectContract, record: transcript })

/** One that always starts the sources, too: they run as they stand. */
export const scenarioOnBoth = scenarioOf({ entries: [source, bundle], good, expectContract, record: transcript })
