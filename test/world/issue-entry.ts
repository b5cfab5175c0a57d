import { keepIssue } from '../../src/posts.ts'
import { languageOf, runnerLog } from '../../src/runner/actions.ts'
import { clock } from '../../src/runner/clock.ts'
import { network } from '../../src/runner/http.ts'

// A step that only keeps an issue, as the variable ISSUE says in JSON.
const { env } = process
const language = languageOf(env)
const { send, close } = network()
const log = runnerLog(language)
const cancelled = new AbortController().signal
const options = JSON.parse(env['ISSUE'] ?? '')
log.mask(options.token)
await keepIssue(
  { env, language, send, clock, log, cancelled },
  { share: '', title: undefined, ...options, deadline: clock.now() + 20_000 },
)
close()
