import { defineConfig } from 'vitest/config'
import { counter } from './scripts/count-reporter.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup.ts'],
    testTimeout: 30_000,
    reporters: ['default', counter],
  },
})
