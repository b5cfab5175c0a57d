import { defineConfig } from 'vitest/config'
import { counter } from './scripts/count-reporter.ts'
import { LongestFirst } from './scripts/longest-first.ts'

/**
 * Files that change what outlives them in a worker: `core.summary` remembers its file and `@actions/github` the event, and default
 * certification authorities stay.
 */
const alone = [
  ...['test/unit/hostile.test.ts', 'test/unit/publish.test.ts'],
  ...['test/scenarios/comment-calls.test.ts', 'test/scenarios/issue.test.ts'],
]

export default defineConfig(({ mode }) => ({
  test: {
    // For test/support/depth.ts.
    env: { DEPTH: mode },
    globalSetup: ['test/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Most scenarios wait for pauses, deployments and deadlines, as a user's run does. More of them at once take no less time on two cores.
    maxWorkers: 5,
    maxConcurrency: 6,
    reporters: ['default', counter],
    projects: [
      // A worker loads each module once for all of its files. Unit tests take half the processor time that way.
      { extends: true, test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: alone, isolate: false } },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
}))
