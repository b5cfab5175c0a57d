import { commentInputs } from './inputs/comment.ts'
import { ownProblem, toProblem } from './model/problem.ts'
import { failuresOf } from './report/annotations.ts'
import { documentOf } from './report/document.ts'
import { outputsOf } from './report/outputs.ts'
import { summaryOf } from './report/summary.ts'
import { run } from './run.ts'
import { languageOf, publish, runnerLog } from './runner/actions.ts'
import { clock } from './runner/clock.ts'
import { setEngine } from './runner/engine.ts'
import { workspaceFiles } from './runner/files.ts'
import { network } from './runner/http.ts'
import { idTokens } from './runner/id-token.ts'
import { handshake, resolve } from './runner/tls.ts'

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

const { send, close } = network()
const { env } = process
const readFile = workspaceFiles(env['GITHUB_WORKSPACE'])
const language = languageOf(env)
const log = runnerLog(language)
const idToken = idTokens(env, send)
const result = await run({
  env,
  language,
  send,
  handshake,
  resolve,
  readFile,
  idToken,
  clock,
  log,
  cancelled: cancel.signal,
})
for (const failure of failuresOf(result)) log.annotate(failure)
const report = { outputs: outputsOf(result), document: documentOf(result), summary: summaryOf(result, clock.now()) }
await publish(report, env, log)
const asked = commentInputs(env)
if (asked !== undefined) {
  const world = { env, language, send, clock, log, cancelled: cancel.signal }
  try {
    // In a chunk of its own: most runs do not comment.
    const { commentOn } = await import('./posts.ts')
    await commentOn(world, { ...asked, deadline: result.deadline, markdown: report.summary })
  } catch (thrown) {
    const { text } = toProblem(thrown)
    const message = { en: `Pull request comment not written: ${text.en}`, zh: `未写入拉取请求评论：${text.zh}` }
    log.annotate({ level: 'notice', title: { en: 'Pull request comment', zh: '拉取请求评论' }, message })
  }
}
close()
// Not `process.exit`, which may truncate the output: the process ends once everything is closed.
process.exitCode = result.problem === undefined ? 0 : 1
// A pending DNS lookup cannot be cancelled, and `process.exit` waits for it. After a cancellation, a signal ends the process.
if (cancel.signal.aborted) setTimeout(endBySignal, 500).unref()
