import { expect } from 'vitest'
import type { World } from '../world/world.ts'
import { auditScenario, ending, having } from './audit-scenario.ts'
import { bound } from './zone.ts'

const hanging = (world: World): void => {
  const certificates = bound(ending(world, 'soonRsa1', 12))
  having(world, { 'www.example.com': { certificates }, 'slow.example.com': { certificates, edgeHangs: true } })
}

auditScenario('reports what it has found until the deadline', {
  inputs: { 'wait-minutes': '0.12' },
  prepare: hanging,
  check: ({ outputs, stdout }) => {
    expect(outputs).toMatchObject({ ok: 'false', 'host-count': '2', 'finding-count': '3' })
    expect(outputs['findings']).toContain('"host":null,"finding":"unreadable"')
    expect(stdout).toContain('1 of 2 hosts were not looked at, because the deadline passed: slow.example.com.')
  },
})

auditScenario('does not wait for a reading beyond the deadline', {
  inputs: { 'wait-minutes': '0.1' },
  prepare: ({ state }) => {
    state.faults.push({ kind: 'hang', on: 'DescribeAccelerationDomains' })
  },
  check: ({ outputs, summary }) => {
    expect(outputs).toMatchObject({ ok: 'false', 'host-count': '0', 'finding-count': '1' })
    expect(summary).toMatch(
      /^## ❌ Audit failed: the deadline of the step \(`wait-minutes`\) passed before the API answered\n/,
    )
  },
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  auditScenario(`${signal} cancels while reading`, {
    prepare: ({ state }) => {
      state.faults.push({ kind: 'hang', on: 'DescribeAccelerationDomains' })
    },
    onStart: (child, { state }) => {
      state.onRequest = () => {
        state.lastAnswer = performance.now()
        child.kill(signal)
      }
    },
    check: (run, { state }) => {
      expect(run.outputs).toMatchObject({ ok: 'false', findings: '[]' })
      expect(run.summary).toMatch(/^## ⏹️ Audit cancelled/)
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
    },
  })
  auditScenario(`${signal} cancels while looking at what is served, and what was found is reported`, {
    prepare: hanging,
    onStart: (child, { state }) => {
      const timer = setInterval(() => {
        if (!state.handshakes.some(({ host }) => host === 'slow.example.com')) return
        if (!state.handshakes.some(({ algorithm }) => algorithm !== undefined)) return
        clearInterval(timer)
        // The other host has been seen, as far as its connection has ended.
        setTimeout(() => {
          state.lastAnswer = performance.now()
          child.kill(signal)
        }, 300)
      }, 20)
    },
    check: (run, { state }) => {
      expect(run.outputs).toMatchObject({ ok: 'false', 'host-count': '2', 'finding-count': '2' })
      expect(run.summary).toMatch(/^## ⏹️ Audit cancelled/)
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
    },
  })
}
