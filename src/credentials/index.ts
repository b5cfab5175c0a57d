import type { Clock, IdToken } from '../model/ports.ts'
import { toProblem } from '../model/problem.ts'
import type { Call } from '../tencent/client.ts'
import type { Credential } from '../tencent/sign.ts'
import { assumeRole, assumeRoleWithWebIdentity, type Role } from '../tencent/sts.ts'
import { fixedKey } from './keys.ts'
import { withClaims } from './oidc.ts'
import { renewed } from './role.ts'

/** How the step comes to a key. */
export type Access =
  | { readonly kind: 'key'; readonly key: Credential }
  | { readonly kind: 'role'; readonly key: Credential; readonly role: Role }
  | { readonly kind: 'oidc'; readonly provider: string; readonly audience: string; readonly role: Role }

export interface AccessOptions {
  /** A client of STS that ends with a signal; with a key of its own it signs by that one. */
  readonly sts: (key: Credential | undefined) => (signal: AbortSignal) => Call
  readonly idToken: IdToken
  readonly clock: Clock
  /** From here on the runner shows `***` for this. */
  readonly mask: (secret: string) => void
}

/**
 * The key for a call, by whichever way the inputs say: fixed, or of a role, by a key (AssumeRole) or by the job's OIDC token
 * (AssumeRoleWithWebIdentity). What is secret is masked as soon as it is there, and leaves this process only signed or as the token of a call.
 */
export const keyFor = (access: Access, options: AccessOptions): ((signal: AbortSignal) => Promise<Credential>) => {
  const { sts, idToken, clock, mask } = options
  const masked = <T extends { readonly credential: Credential }>(key: T): T => {
    for (const secret of Object.values(key.credential)) if (typeof secret === 'string') mask(secret)
    return key
  }
  switch (access.kind) {
    case 'key':
      return fixedKey(access.key)
    case 'role':
      return renewed(async (signal) => masked(await assumeRole(sts(access.key)(signal), access.role)), clock)
    case 'oidc': {
      const { provider, audience, role } = access
      return renewed(async (signal) => {
        let last = ''
        const token = async () => {
          last = await idToken(audience, signal)
          mask(last)
          return last
        }
        try {
          return masked(await assumeRoleWithWebIdentity(sts(undefined)(signal), provider, role, token))
        } catch (thrown) {
          const problem = toProblem(thrown)
          if (last === '' || problem.sent !== 'refused') throw problem
          throw withClaims(problem, last, provider, role.arn)
        }
      }, clock)
    }
    default:
      return access satisfies never
  }
}
