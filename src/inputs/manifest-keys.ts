import { credentialInputs, type InputName } from './table.ts'

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
export const accountKeys = [...credentialInputs, 'site', 'region', 'endpoint'] as const satisfies readonly InputName[]

/** Inputs of the step that a manifest replaces. */
export const replacedInputs = [
  'zone-id',
  'zone-name',
  'hosts',
  'cert-id',
  'certificate',
  'private-key',
] as const satisfies readonly InputName[]

const pem: readonly InputName[] = ['certificate', 'private-key', 'cert-alias', 'reuse-uploaded']
const key: readonly InputName[] = ['secret-id', 'secret-key', 'session-token']

/** `mode: sslcert` takes the certificate of a lower layer. */
const byMode = (mode: string): readonly InputName[] => (mode === 'sslcert' ? [] : [...pem, 'cert-id'])

const byStage = (stage: string): readonly InputName[] => {
  if (stage === 'served') return []
  return stage === 'accepted' ? ['connect-to', 'old-certificates'] : ['connect-to']
}

/** Parts of two keys are never combined, and a key assumes no role that was meant for another one. */
const byKey = (): readonly InputName[] => [...key, 'role-arn', 'oidc-provider']

const exclusions: Partial<Record<InputName, (value: string) => readonly InputName[]>> = {
  'zone-id': () => ['zone-name'],
  'zone-name': () => ['zone-id'],
  'cert-id': () => [...pem, 'mode'],
  certificate: () => [...pem, 'cert-id', 'mode'],
  mode: byMode,
  'wait-for': byStage,
  'secret-id': byKey,
  'secret-key': byKey,
  'session-token': byKey,
  'oidc-provider': () => key,
  // The regions of the two sites differ.
  site: () => ['region'],
}

/**
 * The inputs that have no effect, or are errors, beside this value of an input. A layer takes them away from the layers below it: what a
 * site says comes before all that excludes it in the defaults.
 */
export const excludedBy = (name: InputName, value: string): readonly InputName[] => exclusions[name]?.(value) ?? []

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
export const secretKeys: readonly InputName[] = key
export const variableKeys: readonly InputName[] = [...secretKeys, 'certificate', 'private-key']
