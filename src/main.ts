import type { Done } from './auditing.ts'
import type { World } from './model/ports.ts'
import { ownProblem } from './model/problem.ts'
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
  process.on(signal, () => cancel.abort(ownProblem('Run.Cancelled', { message: `The run was cancelled (${signal})` })))
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
const world: World = {
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
}

const deploy = async (): Promise<Done> => {
  const result = await run(world)
  return {
    annotations: failuresOf(result),
    isOk: result.problem === undefined,
    // Not before the annotations are written.
    report: () => ({
      outputs: outputsOf(result),
      document: documentOf(result),
      summary: summaryOf(result, clock.now()),
    }),
  }
}
// The audit is in a chunk of its own: the deployment does not wait for it.
const audit = async (): Promise<Done> => (await import('./auditing.ts')).audit(world)

const { annotations, isOk, report } = await (process.argv[2] === 'audit' ? audit() : deploy())
close()
for (const annotation of annotations) log.annotate(annotation)
await publish(report(), env, log)
// Not `process.exit`, which may truncate the output: the process ends once everything is closed.
process.exitCode = isOk ? 0 : 1
// A pending DNS lookup cannot be cancelled, and `process.exit` waits for it. After a cancellation, a signal ends the process.
if (cancel.signal.aborted) setTimeout(endBySignal, 500).unref()
