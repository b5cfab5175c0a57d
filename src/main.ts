import { type Done, deployment } from './deploying.ts'
import { postInputs } from './inputs/posts.ts'
import type { World } from './model/ports.ts'
import { ownProblem, toProblem } from './model/problem.ts'
import { languageOf, publish, runnerLog } from './runner/actions.ts'
import { clock } from './runner/clock.ts'
import { setEngine } from './runner/engine.ts'
import { workspaceFiles } from './runner/files.ts'
import { network } from './runner/http.ts'
import { idTokens } from './runner/id-token.ts'
import { machineLine } from './runner/proxy.ts'
import { handshake, resolve } from './runner/tls.ts'
import { inBoth } from './util/language.ts'
import { version } from './util/version.ts'

setEngine()

const signals = ['SIGINT', 'SIGTERM'] as const
const cancel = new AbortController()
for (const signal of signals) {
  const message = { en: `The run was cancelled (${signal})`, zh: `运行已取消（${signal}）` }
  process.on(signal, () => cancel.abort(ownProblem('Run.Cancelled', { message })))
}
const endBySignal = (): void => {
  for (const signal of signals) process.removeAllListeners(signal)
  process.kill(process.pid, 'SIGTERM')
}

const { env } = process
const { send, close } = network(env)
const readFile = workspaceFiles(env['GITHUB_WORKSPACE'])
const language = languageOf(env)
const log = runnerLog(language)
const idToken = idTokens(env, send)
const cancelled = cancel.signal
const world: World = { env, language, send, handshake, resolve, readFile, idToken, clock, log, cancelled }

/** Keeps the comment and the issue that the inputs ask for. Whatever goes wrong is a notice. */
const post = async ({ deadline, comment, issue }: Done): Promise<void> => {
  const asked = postInputs(env)
  if (asked === undefined) return
  try {
    // In a chunk of its own: most runs keep neither.
    const { commentOn, keepIssue } = await import('./posts.ts')
    const outside = { ...world, send }
    if (asked.comment) await commentOn(outside, { ...asked, deadline, markdown: comment() })
    if (asked.issue && issue !== undefined) await keepIssue(outside, { ...asked, deadline, ...issue() })
  } catch (thrown) {
    const { text } = toProblem(thrown)
    const message = { en: `Nothing was written to GitHub: ${text.en}`, zh: `未向 GitHub 写入内容：${text.zh}` }
    log.annotate({ level: 'notice', title: inBoth('GitHub'), message })
  }
}

log.debug(`EdgeOne certificate ${version} on ${machineLine(env)}`)
// The audit is in a chunk of its own: the deployment does not wait for it.
const done = await (process.argv[2] === 'audit' ? (await import('./auditing.ts')).audit(world) : deployment(world))
for (const annotation of done.annotations) log.annotate(annotation)
await publish(done.report(), env, log)
await post(done)
log.info(done.end())
close()
// Not `process.exit`, which may truncate the output: the process ends once everything is closed.
process.exitCode = done.isOk ? 0 : 1
// A pending DNS lookup cannot be cancelled, and `process.exit` waits for it. After a cancellation, a signal ends the process.
if (cancelled.aborted) setTimeout(endBySignal, 500).unref()
