import type { ChildProcess } from 'node:child_process'
import { expect } from 'vitest'
import type { World } from '../world/world.ts'
import { scenario, writes } from './scenario.ts'
import { bound, setHosts } from './zone.ts'

/** Signals the step when the n-th request of an action comes in, from then on counting the two seconds. */
const signalAt =
  (signal: 'SIGINT' | 'SIGTERM', action: string, nth: number) =>
  (child: ChildProcess, { state }: World): void => {
    state.onRequest = (arrived) => {
      if (arrived !== action || state.counts.get(action) !== nth) return
      state.lastAnswer = performance.now()
      child.kill(signal)
    }
  }

const four = { hosts: 'a.example.com b.example.com c.example.com d.example.com' }
/** Two calls: two hosts keep an ECC certificate. */
const twoCalls = (world: World) => {
  const certificates = bound('oldRsa01', 'oldEcc01')
  setHosts(world, {
    'a.example.com': {},
    'b.example.com': {},
    'c.example.com': { certificates },
    'd.example.com': { certificates },
  })
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  scenario(`${signal} while reading`, {
    inputs: { ...four, mode: 'eofreecert', 'cert-id': '' },
    prepare: (world) => {
      twoCalls(world)
      world.state.faults.push({ kind: 'hang', on: 'DescribeAccelerationDomains' })
    },
    onStart: signalAt(signal, 'DescribeAccelerationDomains', 1),
    check: (run, { state }) => {
      expect(run.outputs).toMatchObject({ outcome: 'cancelled', changed: 'false' })
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
      expect(writes(state)).toBe(0)
    },
  })
  scenario(`${signal} between two changes`, {
    inputs: four,
    // Two hosts are changed at once, the two others are to be changed when an earlier deployment has ended.
    prepare: (world) => {
      const busyUntil = Date.now() + 60_000
      setHosts(world, {
        'a.example.com': {},
        'b.example.com': {},
        'c.example.com': { busyUntil },
        'd.example.com': { busyUntil },
      })
    },
    onStart: (child, { state }) => {
      child.stdout?.on('data', (chunk: string) => {
        if (!chunk.includes('::group::Waiting until accepted')) return
        state.lastAnswer = performance.now()
        child.kill(signal)
      })
    },
    check: (run, { state }) => {
      expect(run.outputs).toMatchObject({ outcome: 'cancelled', 'failed-hosts': '["c.example.com","d.example.com"]' })
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
      expect(writes(state)).toBe(1)
    },
  })
  scenario(`${signal} while waiting`, {
    inputs: { ...four, 'wait-for': 'deployed' },
    prepare: (world) => {
      twoCalls(world)
      world.state.deployMs = 60_000
    },
    onStart: (child, world) => {
      const signalWhileWaiting = signalAt(signal, 'DescribeAccelerationDomains', 2)
      signalWhileWaiting(child, world)
      const { onRequest } = world.state
      world.state.onRequest = (action) => {
        if (action === 'ModifyHostsCertificate' && writes(world.state) === 2) {
          world.state.faults.push({ kind: 'hang', on: 'DescribeAccelerationDomains' })
        }
        onRequest(action)
      }
    },
    check: (run, { state }) => {
      expect(run.outputs).toMatchObject({ outcome: 'cancelled', changed: 'true', 'failed-hosts': '[]' })
      expect(JSON.parse(run.outputs['changed-hosts'] ?? '')).toHaveLength(4)
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
      expect(writes(state)).toBe(2)
    },
  })
}
