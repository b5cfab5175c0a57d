import { readFileSync } from 'node:fs'
import tls from 'node:tls'
import { expect } from 'vitest'
import type { Log } from '../../src/model/ports.ts'
import { commentOn, keepIssue } from '../../src/posts.ts'
import { clock } from '../../src/runner/clock.ts'
import { network } from '../../src/runner/http.ts'
import { secretStore } from '../../src/util/secrets.ts'
import { gitHubTokens } from './github-state.ts'
import type { World } from './world.ts'

const usual = tls.getCACertificates('default')

/** A log whose lines are as the runner gets them, but not escaped. */
const printing = () => {
  const lines: string[] = []
  const { add, addWhole, scrub } = secretStore()
  const log: Log = {
    info: (line) => lines.push(scrub(line)),
    debug: () => {},
    annotate: ({ level, title, message }) => lines.push(scrub(`::${level} title=${title.en}::${message.en}`)),
    group: (_, body) => body(),
    mask: add,
    hide: addWhole,
    scrub,
  }
  return { log, printed: () => lines.map((line) => `${line}\n`).join('') }
}

export interface Posting {
  /** Of an issue; without one, there is nothing to find. */
  readonly title?: string
  readonly markdown: string
  readonly token?: string
  /** The share of a manifest that the step works on. */
  readonly share?: string
  /** How long the step may still take, milliseconds. */
  readonly leftMs?: number
}

/** Keeps the comment or the issue of a step from this process, over real sockets. Returns what was logged, in which no token is. */
export const keepPost = async (
  world: World,
  what: 'comment' | 'issue',
  { title, markdown, token = gitHubTokens.job, share = '', leftMs = 20_000 }: Posting,
  env: Readonly<Record<string, string>>,
): Promise<string> => {
  tls.setDefaultCACertificates([...usual, readFileSync(world.rootFile, 'utf8')])
  const { send, close } = network({ HTTPS_PROXY: world.proxy })
  const { log, printed } = printing()
  if (token !== '') log.mask(token)
  const outside = { env, language: 'en-US', send, clock, log, cancelled: new AbortController().signal } as const
  const options = { token, share, markdown, deadline: clock.now() + leftMs }
  await (what === 'comment' ? commentOn(outside, options) : keepIssue(outside, { ...options, title }))
  close()
  for (const one of Object.values(gitHubTokens)) expect(printed()).not.toContain(one)
  return printed()
}
