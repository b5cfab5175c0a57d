import type { Credential, SignIn } from '../model/credential.ts'
import type { IdToken } from '../model/ports.ts'
import { toProblem } from '../model/problem.ts'
import type { Call } from '../tencent/client.ts'

import { assumeRole, assumeRoleWithWebIdentity } from '../tencent/sts.ts'
import { fixedKey } from './keys.ts'
import { withClaims } from './oidc.ts'
import { renewed } from './role.ts'

export interface SignInOptions {
  /** The client of STS, for a signal. Its requests are signed with the key that may assume the role, if there is one. */
  readonly sts: (signal: AbortSignal) => Call
  readonly idToken: IdToken
  /** The service's time, Unix milliseconds. */
  readonly now: () => number
  /** From now on the runner replaces this text with `***`. */
  readonly mask: (secret: string) => void
}

/**
 * The credential for a call: a fixed key, or the temporary key of a role, assumed by a key (AssumeRole) or by the job's OIDC token
 * (AssumeRoleWithWebIdentity). Secrets are masked as soon as they are received.
 */
export const credentialFor = (
  signIn: SignIn,
  options: SignInOptions,
): ((signal: AbortSignal) => Promise<Credential>) => {
  const { sts, idToken, now, mask } = options
  const masked = <T extends { readonly credential: Credential }>(key: T): T => {
    for (const secret of Object.values(key.credential)) if (typeof secret === 'string') mask(secret)
    return key
  }
  switch (signIn.kind) {
    case 'key':
      return fixedKey(signIn.key)
    case 'role':
      return renewed(async (signal) => masked(await assumeRole(sts(signal), signIn.role)), now)
    case 'oidc': {
      const { provider, audience, role } = signIn
      return renewed(async (signal) => {
        let last = ''
        const token = async () => {
          last = await idToken(audience, signal)
          mask(last)
          return last
        }
        try {
          return masked(await assumeRoleWithWebIdentity(sts(signal), provider, role, token))
        } catch (thrown) {
          const problem = toProblem(thrown)
          if (last === '' || problem.sent !== 'refused') throw problem
          throw withClaims(problem, last, provider, role.arn)
        }
      }, now)
    }
    default:
      return signIn satisfies never
  }
}
