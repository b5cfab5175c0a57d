import type { InputName } from './table.ts'

/** Keys of a site in the manifest that are inputs of the step. */
export const siteKeys = [
  'zone-id',
  'zone-name',
  'hosts',
  'match',
  'if-no-hosts',
  'cert-id',
  'certificate',
  'private-key',
  'cert-alias',
  'reuse-uploaded',
  'mode',
  'keep-other-algorithms',
  'min-days-left',
  'api-version',
  'dry-run',
  'wait-for',
  'connect-to',
  'rollback',
  'old-certificates',
] as const satisfies readonly InputName[]

/** Keys of `defaults`: what sites may have in common, and the deadline of the step. */
export const defaultKeys: readonly InputName[] = [
  ...siteKeys.filter((key) => key !== 'zone-id' && key !== 'zone-name'),
  'wait-minutes',
]

/** Keys of an account. */
export const accountKeys = [
  'secret-id',
  'secret-key',
  'session-token',
  'role-arn',
  'oidc-provider',
  'oidc-audience',
  'role-session-name',
  'role-duration-seconds',
  'allowed-account-ids',
  'site',
  'region',
  'endpoint',
] as const satisfies readonly InputName[]

/** Inputs of the step that a manifest replaces. */
export const replacedInputs = [
  'zone-id',
  'zone-name',
  'hosts',
  'cert-id',
  'certificate',
  'private-key',
] as const satisfies readonly InputName[]

/** Inputs of which one hides the others: a layer that gives one of a group hides the whole group in the layers below. */
export const exclusive: readonly (readonly InputName[])[] = [
  ['zone-id', 'zone-name'],
  ['cert-id', 'certificate', 'private-key', 'mode'],
  ['secret-id', 'secret-key', 'session-token', 'role-arn', 'oidc-provider'],
]

/** Keys whose value may be a list. */
export const listKeys: readonly InputName[] = [
  'zone-id',
  'zone-name',
  'hosts',
  'cert-id',
  'certificate',
  'private-key',
  'allowed-account-ids',
]

/** Keys whose whole value may be a variable, `${NAME}`. Those of a key must be. */
export const secretKeys: readonly InputName[] = ['secret-id', 'secret-key', 'session-token']
export const variableKeys: readonly InputName[] = [...secretKeys, 'certificate', 'private-key']
