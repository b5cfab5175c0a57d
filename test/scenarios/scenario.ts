import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, test } from 'vitest'
import { keyLinesIn } from '../../src/inputs/secrets.ts'
import { entries, runStep, type StepOptions, type StepRun } from '../world/runner.ts'
import { secrets, transcript } from '../world/transcript.ts'
import { key, startWorld, type World } from '../world/world.ts'

const ajv = new Ajv2020({ allErrors: true })
const schema = join(import.meta.dirname, '../../docs/result.schema.json')
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))

export interface Scenario {
  /** Added to, or in place of, the inputs of a run that succeeds. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>> | ((world: World) => Readonly<Record<string, string>>)
  /** May give files of the workspace, and further inputs. */
  readonly prepare?: (world: World) => unknown
  readonly onStart?: (child: Parameters<NonNullable<StepOptions['onStart']>>[0], world: World) => void
  /** What must hold beside the transcript. */
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
  'zone-id': 'zone-2fgd17m17xw',
  hosts: 'www.example.com',
  'cert-id': 'J2JqATrt',
  'wait-for': 'accepted',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}

/** ModifyHostsCertificate calls that arrived. */
export const writes = (state: World['state']): number => state.counts.get('ModifyHostsCertificate') ?? 0

/** A secret as it could slip out: in clear, halves of it, or in an encoding that a reader could undo. */
const guises = (secret: string): string[] => {
  const bytes = Buffer.from(secret)
  const halves = secret.length >= 32 ? [secret.slice(0, 16), secret.slice(-16)] : []
  const encoded = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex')]
  return [secret, ...halves, ...encoded, encodeURIComponent(secret), Array.from(secret).toReversed().join('')]
}

/** One scenario on both entries, each in a world of its own; both must give the one transcript that is committed. */
export const scenario = (name: string, { inputs, env, prepare, onStart, check }: Scenario): void => {
  describe(name, () => {
    test.concurrent.for(entries)('%s', async (entry, { expect }) => {
      await using world = await startWorld()
      const given: unknown = await prepare?.(world)
      const prepared = isPrepared(given) ? given : {}
      const run = await runStep({
        entry,
        inputs: { ...good, ...inputs, ...prepared.inputs },
        files: prepared.files ?? {},
        env: {
          HTTPS_PROXY: world.proxy,
          NODE_EXTRA_CA_CERTS: world.rootFile,
          ...(typeof env === 'function' ? env(world) : env),
        },
        onStart: (child) => onStart?.(child, world),
      })
      const { requests, tunnels } = world.state
      const text = transcript(run, requests, tunnels)
      await expect(text).toMatchFileSnapshot(`transcripts/${name.replaceAll(/[^a-z0-9]+/gi, '-')}.txt`)
      check?.(run, world)
      const keys = [...Object.values(prepared.files ?? {}), ...Object.values(prepared.inputs ?? {})].flatMap(keyLinesIn)
      for (const secret of [...secrets, ...keys, ...world.state.secretTexts].flatMap(guises)) {
        expect(text.includes(secret), 'a secret shows').toBe(false)
      }
      // The first lines that the runner gets are masks.
      const masks = run.stdout.lastIndexOf('::add-mask::')
      const before = run.stdout
        .slice(0, Math.max(0, masks))
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('::add-mask::'))
      if (keys.length > 0) expect(before).toEqual([])
      expect(run.otherFiles).toBe('')
      expect(Object.keys(run.outputs)).toHaveLength(11)
      expect(run.exitCode).toBe(/^(changed|unchanged|planned)$/.test(run.outputs['outcome'] ?? '') ? 0 : 1)
      const result: unknown = JSON.parse(run.outputs['result'] ?? '')
      expect(validate(result), ajv.errorsText(validate.errors)).toBe(true)
    })
  })
}
