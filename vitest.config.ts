import { defineConfig } from 'vitest/config'
import { counter } from './scripts/count-reporter.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup.ts'],
    testTimeout: 30_000,
    // Most scenarios wait: for pauses, deployments and deadlines, as a user's run does.
    maxWorkers: 4,
    maxConcurrency: 8,
    reporters: ['default', counter],
  },
})
