import { context } from '@actions/github'
import {
  commentChange,
  type GitHub,
  type Issue,
  issueChange,
  type Kept,
  marked,
  type Post,
  pullRequestOf,
  type WantedComment,
  type WantedIssue,
} from '../model/github.ts'
import type { Clock } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import { inBoth } from '../util/language.ts'
import { duration } from '../util/text.ts'
import { type ApiOptions, type GitHubApi, gitHubApi } from './github-api.ts'
import { faultOf, statusOf } from './github-faults.ts'

export interface GitHubOptions extends ApiOptions {
  readonly clock: Clock
  /** Aborted when the runner asks the step to stop. */
  readonly cancelled: AbortSignal
  /** The deadline of the step, Unix milliseconds: after it, nothing is tried again. */
  readonly deadline: number
}

/** Attempts at one comment or issue, each of which begins by looking for it: an answer that was lost makes no second one. */
const maxAttempts = 3
/** The first pause between two attempts, and the longest, milliseconds. GitHub may ask for a longer one than is worth waiting for. */
const firstPause = 1000
const maxPause = 60_000
/** How long it may take, milliseconds: not the rest of the step's time, but a moment even after it, since a failure at the deadline is worth telling. */
const maxMs = 120_000
const lastMs = 15_000

/** Keeps comments and issues by GitHub's API. */
export const gitHub = (options: GitHubOptions): GitHub => ({
  keepComment: async (wanted) => {
    const number = pullRequestOf(context.eventName, context.payload)
    if (number === undefined) return { done: 'left', why: 'no pull request', detail: context.eventName ?? '' }
    return attempted(options, (api) => keepComment(api, number, wanted))
  },
  keepIssue: (wanted) => attempted(options, (api) => keepIssue(api, wanted)),
})

const attempted = async (options: GitHubOptions, keep: (api: GitHubApi) => Promise<Kept>): Promise<Kept> => {
  const { token, clock, log, cancelled, deadline } = options
  // It is sent in a header. A pull request from a fork has no secrets, so the input may be empty.
  if (!/^[\x21-\x7e]+$/.test(token)) return { done: 'left', why: 'no token', detail: '' }
  const late = () => ownProblem('Network.Deadline', { message: inBoth('GitHub did not answer in time') })
  const leftMs = Math.max(lastMs, Math.min(maxMs, deadline - clock.now()))
  const signal = AbortSignal.any([cancelled, clock.alarm(clock.now() + leftMs, late)])
  for (let n = 1; ; n += 1) {
    try {
      return await keep(gitHubApi(options, signal))
    } catch (thrown) {
      const backOff = firstPause * 2 ** (n - 1) * (1 + clock.random())
      const { why, detail, pauseMs } = faultOf(thrown, clock.now(), backOff)
      const isOver = pauseMs === undefined || pauseMs > maxPause || clock.now() + pauseMs >= deadline
      if (isOver || n === maxAttempts) return { done: 'left', why, detail }
      log.info(`GitHub: ${detail}; trying again in ${duration(pauseMs)}`)
      await clock.sleep(pauseMs, signal).catch(() => undefined)
    }
  }
}

/** The posts with the marker that the token's owner wrote: somebody else's may say whatever he likes. */
const oursOf = async <T extends Post>(api: GitHubApi, posts: readonly T[], marker: string): Promise<readonly T[]> => {
  const found = marked(posts, marker)
  if (found.length === 0) return []
  const viewer = await api.viewer()
  return found.filter(({ author }) => author === viewer)
}

const keepComment = async (api: GitHubApi, number: number, wanted: WantedComment): Promise<Kept> => {
  const { marker, body } = wanted
  const change = commentChange(await oursOf(api, await api.comments(number), marker), wanted)
  const create = async (): Promise<Kept> => ({ done: 'created', url: (await api.createComment(number, body)).url })
  switch (change.kind) {
    case 'create':
      return create()
    case 'none':
      return { done: 'unchanged', url: change.post.url }
    case 'update':
      return unlessGone(
        async () => ({ done: 'updated', url: (await api.updateComment(change.post.id, body)).url }),
        create,
      )
  }
}

const keepIssue = async (api: GitHubApi, wanted: WantedIssue): Promise<Kept> => {
  const { marker, label, body } = wanted
  const change = issueChange(await oursOf<Issue>(api, await api.issues(label), marker), wanted)
  const create = async (title: string): Promise<Kept> => ({
    done: 'created',
    url: (await api.createIssue(title, body, label)).url,
  })
  switch (change.kind) {
    case 'absent':
      return { done: 'absent' }
    case 'none':
      return { done: 'unchanged', url: change.post.url }
    case 'create':
      return create(change.title)
    case 'close': {
      const closed = { body, state: 'closed', state_reason: 'completed' } as const
      const close = async (): Promise<Kept> => ({
        done: 'closed',
        url: (await api.updateIssue(change.post.id, closed)).url,
      })
      return unlessGone(close, async () => ({ done: 'absent' }))
    }
    case 'reopen':
    case 'update': {
      const { kind, title, post } = change
      const state = kind === 'reopen' ? ({ state: 'open', state_reason: 'reopened' } as const) : {}
      const done = kind === 'reopen' ? 'reopened' : 'updated'
      const update = async (): Promise<Kept> => ({
        done,
        url: (await api.updateIssue(post.id, { title, body, ...state })).url,
      })
      return unlessGone(update, () => create(title))
    }
  }
}

/** Somebody may delete it between finding and changing it. */
const unlessGone = async <T>(change: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> => {
  try {
    return await change()
  } catch (thrown) {
    const status = statusOf(thrown)
    if (status === 404 || status === 410) return otherwise()
    throw thrown
  }
}
