import { describe, expect, test } from 'vitest'
import { entries, runStep, type StepOptions, type StepRun } from '../world/runner.ts'
import { secrets, transcript } from '../world/transcript.ts'
import { key, startWorld, type World } from '../world/world.ts'

export interface Scenario {
  /** Added to, or in place of, the inputs of a run that succeeds. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>> | ((world: World) => Readonly<Record<string, string>>)
  readonly prepare?: (world: World) => void
  readonly onStart?: (child: Parameters<NonNullable<StepOptions['onStart']>>[0], world: World) => void
  /** What must hold beside the transcript. */
  readonly check?: (run: StepRun, world: World) => void
}

/** Inputs of a run that succeeds. */
export const good = {
  'zone-id': 'zone-2fgd17m17xw',
  hosts: 'www.example.com',
  'cert-id': 'J2JqATrt',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}

/** One scenario on both entries, each in a world of its own; both must give the one transcript that is committed. */
export const scenario = (name: string, { inputs, env, prepare, onStart, check }: Scenario): void => {
  describe(name, () => {
    test.each(entries)('%s', async (entry) => {
      await using world = await startWorld()
      prepare?.(world)
      const run = await runStep({
        entry,
        inputs: { ...good, ...inputs },
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
      for (const secret of secrets) expect(text).not.toContain(secret)
      expect(run.otherFiles).toBe('')
      expect(Object.keys(run.outputs)).toHaveLength(11)
      expect(run.exitCode).toBe(run.outputs['outcome'] === 'changed' ? 0 : 1)
    })
  })
}
