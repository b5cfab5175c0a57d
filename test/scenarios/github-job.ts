import { apiHost } from '../world/github.ts'
import type { World } from '../world/world.ts'

// A job of the repository that the test world's GitHub has.

export const pullRequest = { action: 'synchronize', number: 7, pull_request: { number: 7 } }
export const filesOf = (event: object) => ({ 'event.json': JSON.stringify(event) })

/** What the runner tells a step of a pull request; the path of the event is relative to the workspace. */
export const job = {
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: 'event.json',
  GITHUB_REPOSITORY: 'octo/site',
  GITHUB_WORKFLOW: 'Certificate',
  GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/certificate.yml@refs/pull/7/merge',
  GITHUB_JOB: 'bind',
  GITHUB_ACTION: 'edgeone',
  GITHUB_RUN_ID: '17012345678',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_API_URL: `https://${apiHost}`,
}
export const env =
  (more: Readonly<Record<string, string>> = {}) =>
  (world: World) => ({
    ...{ HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile },
    ...job,
    ...more,
  })

/** The methods of the calls of GitHub's API, and what came of them. */
export const callsOf = ({ state }: World): string[] =>
  state.github.calls.map((call) => call.replace(/^(\w+) https:\/\/[^/]+(?:\/api\/v3)?(?:\/repos\/octo\/site)?/, '$1 '))
