import { expect } from 'vitest'
import { auditScenario, ending, having } from './audit-scenario.ts'

auditScenario('finds nothing wrong with two hosts', {
  whole: true,
  prepare: (world) => {
    having(world, {
      'www.example.com': [ending(world, 'goodRsa1', 60), ending(world, 'goodEcc1', 70, { algorithm: 'ECC P-256' })],
      'api.example.com': ['goodRsa1'],
    })
  },
  check: ({ outputs, summary }) => {
    expect(outputs).toMatchObject({
      ok: 'true',
      findings: '[]',
      'finding-count': '0',
      'host-count': '2',
      'site-count': '1',
    })
    expect(summary).toMatch(/^## ✅ 2 hosts, first certificate ends in 60 days\n/)
  },
})
