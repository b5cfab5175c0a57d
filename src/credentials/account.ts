import type { Account, Credential } from '../model/credential.ts'
import { endpointOf, isForeign } from '../model/endpoint.ts'
import type { Warn, World } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import type { CallRecord } from '../model/result.ts'
import { client } from '../tencent/client.ts'
import { type Context, withDeadline } from '../tencent/context.ts'
import type { ServiceClock } from '../tencent/service-clock.ts'
import { shared } from '../tencent/shared.ts'
import { readCaller } from '../tencent/sts.ts'
import { listed } from '../util/text.ts'
import { fixedKey } from './keys.ts'
import { credentialFor } from './sign-in.ts'

export interface AccountOptions {
  /** The deadline of the step, Unix milliseconds. */
  readonly deadline: number
  readonly warn: Warn
  /** One for all accounts: its offset is that of the machine. */
  readonly time: ServiceClock
  /** All call attempts in the order they were sent; an entry is replaced when its answer arrives. */
  readonly calls: CallRecord[]
}

/**
 * Signs in to an account: its client, with one rate limiter for all its sites. Throws `Input.ForeignAccount` when the key does not
 * belong to an allowed account, or the Problem of a call.
 */
export const signIn = async (
  world: World,
  account: Account,
  { deadline, warn, time, calls }: AccountOptions,
): Promise<Context> => {
  const { log, clock, idToken, handshake, resolve, cancelled } = world
  const endpoint = endpointOf(account.site, account.endpoint)
  const { hostname } = endpoint('teo')
  if (isForeign(endpoint('teo'))) {
    warn(
      { en: 'Foreign endpoint', zh: '非腾讯云地址' },
      {
        en: `Signed requests are sent to ${hostname}, which is not a Tencent Cloud host.`,
        zh: `签名后的请求将发送到 ${hostname}，该地址不属于腾讯云。`,
      },
    )
  }
  const onAttempt = (action: string, site: string | undefined) => {
    const at = calls.push({ action, outcome: 'in progress', site }) - 1
    return (outcome: string, requestId: string | undefined) => {
      calls[at] = { action, outcome, requestId, site }
    }
  }
  const { language, region, signIn: how } = account
  if (how.kind === 'oidc' && how.unused !== undefined) {
    log.info(`Signing in with the OIDC token of the job, by oidc-provider. The key in ${how.unused} is not used.`)
  }
  const base = { ...world, endpoint, time, language, region, onAttempt }
  const sts = client({ ...base, credential: fixedKey(how.kind === 'oidc' ? unsigned : how.key) })
  const credential = credentialFor(how, { sts, idToken, now: time.now, mask: log.mask })
  const ports = { log, clock, warn, handshake, resolve, cancelled, client: client({ ...base, credential }) }
  const called = withDeadline(ports, deadline, { en: 'The step', zh: '步骤' })
  const context = { ...called, shared: shared(called.call) }
  // The role is assumed now, so that a refusal is not mistaken for a refused read.
  await credential(context.signal)
  await checkAccount(context, account.allowedAccounts)
  return context
}

/** For calls that are not signed. */
const unsigned: Credential = { secretId: '', secretKey: '' }

const checkAccount = async ({ call, log }: Context, allowed: readonly string[]): Promise<void> => {
  if (allowed.length === 0) return
  const { account, arn } = await readCaller(call)
  log.info(`Account ${account} (${arn})`)
  if (allowed.includes(account)) return
  const { en, zh } = listed(allowed, 10)
  throw ownProblem('Input.ForeignAccount', {
    message: {
      en: `The key belongs to account ${account || 'unknown'} (${arn}); allowed accounts: ${en}`,
      zh: `该密钥属于账号 ${account || '未知'}（${arn}）；允许的账号：${zh}`,
    },
  })
}
