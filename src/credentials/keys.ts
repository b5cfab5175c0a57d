import type { Credential } from '../tencent/sign.ts'

/** Variables that hold the parts of a key, first wins (reference 8: the SDKs, tccli and Terraform differ for the token). */
export const keyVariables = {
  'secret-id': ['TENCENTCLOUD_SECRET_ID'],
  'secret-key': ['TENCENTCLOUD_SECRET_KEY'],
  'session-token': ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_SECURITY_TOKEN', 'TENCENTCLOUD_TOKEN'],
} as const

/** A key as it stands in the inputs: the same for the whole run. */
export const fixedKey = (credential: Credential) => async (): Promise<Credential> => credential
