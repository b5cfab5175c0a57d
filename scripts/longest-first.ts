import { basename } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The files that take longest, some of which wait most of the time while others use the processor. They start first: otherwise, where
 * nothing is known of an earlier run, the last workers would wait for one of them.
 */
const longest = [
  ...['waiting', 'timeouts', 'shapes', 'hostile', 'pem', 'oidc', 'served', 'rollback', 'manifest-bounds', 'deploy'],
  ...['mutual-tls', 'manifest', 'credentials', 'old', 'audit-posts', 'examples', 'audit', 'echo', 'report', 'many'],
]

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = longest.indexOf(basename(moduleId, '.test.ts'))
  return rank < 0 ? longest.length : rank
}

/** Sorts the test files for a run. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b))
  }
}
