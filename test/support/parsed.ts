import { parseInputs } from '../../src/inputs/inputs.ts'
import type { Account } from '../../src/model/credential.ts'
import type { Environment } from '../../src/model/ports.ts'
import type { Entry } from '../../src/model/task.ts'

/** The only entry of the inputs, and its account. */
export const parsed = (env: Environment): Entry & { readonly account: Account; readonly waitMs: number } => {
  const { accounts, waitMs } = parseInputs(env)
  const [only, ...others] = accounts
  if (only === undefined || others.length > 0) throw new Error(`${accounts.length} accounts`)
  return { ...only.entries[0], account: only.account, waitMs }
}
