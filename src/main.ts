import { ownProblem } from './model/problem.ts'
import { failureOf } from './report/annotations.ts'
import { outputsOf } from './report/outputs.ts'
import { summaryOf } from './report/summary.ts'
import { run } from './run.ts'
import { log, publish } from './runner/actions.ts'
import { clock } from './runner/clock.ts'
import { workspaceFiles } from './runner/files.ts'
import { network } from './runner/http.ts'
import { idTokens } from './runner/id-token.ts'
import { handshake, resolve } from './runner/tls.ts'

const cancel = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => cancel.abort(ownProblem('Run.Cancelled', { message: `The run was cancelled (${signal})` })))
}

const { send, close } = network()
const { env } = process
const readFile = workspaceFiles(env['GITHUB_WORKSPACE'])
const idToken = idTokens(env, send)
const result = await run({ env, send, handshake, resolve, readFile, idToken, clock, log, cancelled: cancel.signal })
close()
const failure = failureOf(result)
if (failure) log.annotate(failure)
await publish(outputsOf(result), summaryOf(result, clock.now()), env)
// Not process.exit: the process ends when nothing is open any more, with all that was printed.
process.exitCode = result.problem === undefined ? 0 : 1
