import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends a run with one line of counts: `N passed, N failed`, and `, N skipped` if any. A file that could not run counts as
 * failed.
 */
export const counter: Reporter = {
  onTestRunEnd: (modules: readonly TestModule[], errors, reason) => {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const failed = tests.filter((test) => test.result().state === 'failed').length
    const skipped = tests.filter((test) => test.result().state === 'skipped').length
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length
    // A run that did not start counts as failed.
    const lost = reason !== 'passed' && failed + broken === 0 ? 1 : 0
    const rest = skipped > 0 ? `, ${skipped} skipped` : ''
    process.once('exit', () => console.log(`${passed} passed, ${failed + broken + lost} failed${rest}`))
  },
}
