import type { Credential } from '../model/credential.ts'

/** The key from the inputs, the same for the whole run. */
export const fixedKey = (credential: Credential) => async (): Promise<Credential> => credential
