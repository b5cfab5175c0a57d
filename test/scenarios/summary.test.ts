import { expect } from 'vitest'
import { inputs, type Scene, scenes } from '../support/scenes.ts'
import { scenario } from './scenario.ts'

// What is worth looking at in English. test/scenarios/chinese.test.ts shows the same in Chinese.

/** How the summary and the log of each begin and end. */
const ends: Readonly<Record<keyof typeof scenes, readonly [heading: string, last: RegExp]>> = {
  changed: ['✅ Certificate deployed to 2 hosts', /^Done in .*3 hosts: 2 deployed, 1 already in place\. RequestId: /],
  unchanged: ['✅ 1 host already has the certificate, nothing to do', /^Done in .*1 host: 1 already in place\.$/],
  failed: [
    '❌ 1 of 3 hosts failed: `shop.example.com` – its configuration is locked',
    /^Failed after .*3 hosts: 1 refused, 1 deployed, 1 already in place; OperationDenied\.ConfigLocked\. RequestId: /,
  ],
  'dry run': [
    '📝 Dry run: 2 of 3 hosts would be changed',
    /^Dry run done in .*2 would be changed, 1 already in place\.$/,
  ],
  'rolled back': [
    '↩️ 1 of 3 hosts rolled back: `www.example.com` – the certificate is not served',
    /^Failed and rolled back after .*1 rolled back, .*Verify\.NotServed\. RequestId: /,
  ],
  'many sites': [
    '❌ 1 of 4 sites failed: `zone-2fgd17m17xw` – its configuration is locked',
    /^Failed after .*1 of 4 sites failed; 6 hosts: 1 refused, 4 deployed, 1 already in place; /,
  ],
  'wrong inputs': ['❌ No host was changed: 4 problems with the inputs', /^Failed after .*Input\.Invalid\.$/],
}

for (const [name, [heading, last]] of Object.entries(ends)) {
  const scene: Scene | undefined = Object.entries(scenes).find(([one]) => one === name)?.[1]
  scenario(name, {
    inputs: { ...inputs, ...scene?.inputs, 'wait-for': scene?.inputs['wait-for'] ?? 'deployed' },
    prepare: (world) => scene?.prepare(world),
    whole: true,
    // Sites are worked on side by side, so their order differs from run to run.
    unrecorded: name === 'many sites',
    check: ({ stdout, summary }) => {
      expect(summary.split('\n')[0]).toBe(`## ${heading}`)
      expect(stdout.trimEnd().split('\n').at(-1)).toMatch(last)
    },
  })
}
