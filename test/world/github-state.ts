/** What GitHub knows in the test world: whose tokens there are, and what the repository has. */

export const repository = 'octo/site'

type Access = 'none' | 'read' | 'write'

/** Whose token it is, and what it may do in the repository. */
export interface Identity {
  readonly login: string
  readonly id: number
  /** A job's token is one of an app's installation, of which `GET /user` knows no user. */
  readonly kind: 'installation' | 'personal'
  readonly issues: Access
  readonly pullRequests: Access
}

/** The token of a job, of a job for a pull request from a fork, of a person, and of another app. */
export const gitHubTokens = {
  job: 'ghs_jobTokenForTheTestWorldEXAMPLE0000001',
  fork: 'ghs_forkTokenForTheTestWorldEXAMPLE000002',
  person: 'ghp_personalTokenForTheTestWorldEXAMPLE03',
  app: 'ghs_appTokenForTheTestWorldEXAMPLE0000004',
} as const

const bot = { login: 'github-actions[bot]', id: 41898282, kind: 'installation' } as const
export const identities: Readonly<Record<string, Identity>> = {
  [gitHubTokens.job]: { ...bot, issues: 'write', pullRequests: 'write' },
  [gitHubTokens.fork]: { ...bot, issues: 'read', pullRequests: 'read' },
  [gitHubTokens.person]: { login: 'octocat', id: 583231, kind: 'personal', issues: 'write', pullRequests: 'write' },
  [gitHubTokens.app]: {
    ...{ login: 'other-app[bot]', id: 278716306, kind: 'installation' },
    ...{ issues: 'write', pullRequests: 'write' },
  },
}

export interface GitHubComment {
  readonly id: number
  readonly issue: number
  readonly author: Pick<Identity, 'login' | 'id'>
  body: string
}

export interface GitHubIssue {
  readonly number: number
  readonly isPullRequest: boolean
  readonly author: Pick<Identity, 'login' | 'id'>
  title: string
  body: string
  state: 'open' | 'closed'
  reason: string | null
  labels: string[]
}

/** What GitHub does with one request, instead of answering it well. */
export interface GitHubFault {
  /** The method that it applies to; any, when absent. */
  readonly on?: string
  /** `reset after`: it does what was asked, and the answer is lost. */
  readonly kind: 'hang' | 'reset before' | 'reset after' | 'status'
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface GitHubState {
  readonly issues: GitHubIssue[]
  readonly comments: GitHubComment[]
  readonly labels: string[]
  /** Each request uses up the first one for its method. */
  readonly faults: GitHubFault[]
  /** `POST https://host/path -> 201`, in order of arrival. */
  readonly calls: string[]
  /** Called when a request was received, before it is answered. */
  onCall: (call: string) => void
  next: number
}

/** The repository has an issue (1) and a pull request (7). */
export const newGitHub = (): GitHubState => {
  const author = { login: 'octocat', id: 583231 }
  const issue = (number: number, isPullRequest: boolean): GitHubIssue => ({
    ...{ number, isPullRequest, author, title: 'A title', body: 'A body', state: 'open', reason: null, labels: [] },
  })
  return {
    issues: [issue(1, false), issue(7, true)],
    comments: [],
    labels: ['bug'],
    faults: [],
    calls: [],
    onCall: () => {},
    next: 1000,
  }
}
