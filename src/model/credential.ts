import type { Language } from '../util/language.ts'
import type { Site } from './site.ts'

/** A Tencent Cloud API key; a temporary one has a token, which is sent but not signed. */
export interface Credential {
  readonly secretId: string
  readonly secretKey: string
  readonly token?: string | undefined
}

/** Whether a text can be a part of a key: visible ASCII characters only, which can be sent in a header. */
export const isKeyText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

/** A role to assume, and for how long. */
export interface Role {
  readonly arn: string
  readonly session: string
  readonly seconds: number
}

/** How the step signs in: by a key, by a role that a key may assume, or by a role that the job's OIDC token may assume. */
export type SignIn =
  | { readonly kind: 'key'; readonly key: Credential }
  | { readonly kind: 'role'; readonly key: Credential; readonly role: Role }
  | {
      readonly kind: 'oidc'
      readonly provider: string
      readonly audience: string
      readonly role: Role
      /** The variable of a key that is in the environment, and is not used. */
      readonly unused?: string | undefined
    }

/** The account that is called, and how. */
export interface Account {
  readonly signIn: SignIn
  /** UINs of the accounts that the key may belong to; any when empty. */
  readonly allowedAccounts: readonly string[]
  /** `X-TC-Region`, for STS. */
  readonly region: string
  readonly site: Site
  readonly endpoint: string | undefined
  /** `X-TC-Language`. */
  readonly language: Language
}

/** Variables that hold the parts of a key, in order of precedence (reference 8: SDKs, tccli and Terraform differ for the token). */
export const keyVariables = {
  'secret-id': ['TENCENTCLOUD_SECRET_ID'],
  'secret-key': ['TENCENTCLOUD_SECRET_KEY'],
  'session-token': ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_SECURITY_TOKEN', 'TENCENTCLOUD_TOKEN'],
} as const
