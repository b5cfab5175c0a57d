import { defineConfig } from 'vitest/config'
import { counter } from './scripts/count-reporter.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // No file alters a module that others use, so a worker loads each module once. With a process and all modules for every file,
    // tests take nearly twice as much of the processors' time.
    pool: 'threads',
    isolate: false,
    // Most scenarios wait for pauses, deployments and deadlines, as a user's run does. More of them at once would miss their deadlines on two cores.
    maxWorkers: 4,
    maxConcurrency: 4,
    reporters: ['default', counter],
  },
})
