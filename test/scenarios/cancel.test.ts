import { type ChildProcess, execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entries, runStep } from '../world/runner.ts'
import type { World } from '../world/world.ts'
import { good, scenario, writes } from './scenario.ts'
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
  scenario(`${signal} cancels while reading`, {
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
  scenario(`${signal} cancels between two changes`, {
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
  scenario(`${signal} cancels while waiting`, {
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
      expect(run.outputs).toMatchObject({ outcome: 'cancelled', changed: 'true', 'cert-id': 'J2JqATrt' })
      // They were changed, and were not seen deployed.
      for (const list of ['changed-hosts', 'failed-hosts'] as const)
        expect(JSON.parse(run.outputs[list] ?? '')).toHaveLength(4)
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
      expect(writes(state)).toBe(2)
    },
  })
  scenario(`${signal} cancels while probing`, {
    inputs: { hosts: 'www.example.com', 'wait-for': 'served' },
    prepare: (world) => setHosts(world, { 'www.example.com': { edgeHangs: true } }),
    // The edge takes the connection of the probe, and never answers.
    onStart: (child, { state }) => {
      const watch = setInterval(() => {
        if (state.handshakes.length === 0) return
        clearInterval(watch)
        state.lastAnswer = performance.now()
        child.kill(signal)
      }, 20)
      child.once('close', () => clearInterval(watch))
    },
    check: (run, { state }) => {
      expect(run.outputs).toMatchObject({
        outcome: 'cancelled',
        changed: 'true',
        'changed-hosts': '["www.example.com"]',
      })
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
      expect(writes(state)).toBe(1)
      // Nothing was seen, so nothing is said about what the host serves.
      expect(run.summary + run.stdout).toMatch(/deployed, not probed/)
      expect(run.summary + run.stdout).not.toMatch(/not served|did not return it/)
    },
  })
}

scenario('SIGTERM during an upload says that its outcome is unknown', {
  inputs: { 'cert-id': '', certificate: 'fullchain.pem', 'private-key': 'privkey.pem' },
  prepare: async ({ issue, state }) => {
    state.faults.push({ kind: 'hang', on: 'UploadCertificate' })
    const { chain, privateKey } = await issue(['*.example.com'], {
      ...{ algorithm: 'RSA 2048', notBefore: new Date('2026-06-01'), notAfter: new Date('2036-06-01') },
    })
    return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
  },
  onStart: signalAt('SIGTERM', 'UploadCertificate', 1),
  check: (run, { state }) => {
    expect(run.outputs).toMatchObject({ outcome: 'cancelled', changed: 'false' })
    expect(run.summary).not.toContain('This step changed nothing')
    expect(run.document).toContain('The upload of the certificate for *.example.com was sent')
    expect(run.ended - state.lastAnswer).toBeLessThan(2000)
  },
})

/** A name server that never answers, as the process sees it: each look-up holds a thread, here by a pipe that nobody writes to. */
const silentDns = `import dns from 'node:dns'
import fs from 'node:fs'
dns.lookup = () => fs.readFile(process.env.SILENT_PIPE, () => {})`

test.each(entries)('%s, cancelled while a name is looked up that no name server answers for', async (entry) => {
  const folder = await mkdtemp(join(tmpdir(), 'silent-'))
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  let signalled = 0
  const run = await runStep({
    entry,
    inputs: good,
    env: {
      SILENT_PIPE: pipe,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(silentDns)}`,
    },
    onStart: (child) => {
      child.stdout?.on('data', (chunk: string) => {
        if (!chunk.includes('::group::Reading')) return
        setTimeout(() => {
          signalled = performance.now()
          child.kill('SIGINT')
        }, 100)
      })
    },
  })
  await rm(folder, { recursive: true })
  expect(run.outputs).toMatchObject({ outcome: 'cancelled', changed: 'false', 'error-code': 'Run.Cancelled' })
  expect(run.summary).toContain('cancelled')
  expect(run.ended - signalled).toBeLessThan(2000)
  expect(run.exitCode).not.toBe(0)
})
