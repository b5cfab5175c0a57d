import type { Environment } from '../model/ports.ts'
import { apiVersions, modes } from '../model/setting.ts'
import { siteNames } from '../model/site.ts'
import { stages } from '../model/stage.ts'
import { inBoth, languages, type Text } from '../util/language.ts'
import { nearest } from '../util/suggest.ts'
import { brief } from '../util/text.ts'

/** The inputs of the deployment, with their defaults. */
const deployment = {
  'zone-id': '',
  'zone-name': '',
  manifest: '',
  shard: '',
  hosts: '',
  match: '',
  'if-no-hosts': 'error',
  'cert-id': '',
  certificate: '',
  'private-key': '',
  'cert-alias': '',
  'reuse-uploaded': 'true',
  mode: 'sslcert',
  'keep-other-algorithms': 'true',
  'min-days-left': '0',
  'secret-id': '',
  'secret-key': '',
  'session-token': '',
  'role-arn': '',
  'oidc-provider': '',
  'oidc-audience': 'sts.tencentcloudapi.com',
  'role-session-name': '',
  'role-duration-seconds': '3600',
  'allowed-account-ids': '',
  region: '',
  site: 'china',
  endpoint: '',
  'api-version': '2022-09-01',
  language: 'en-US',
  'dry-run': 'false',
  'wait-for': 'deployed',
  'wait-minutes': '20',
  'connect-to': '',
  rollback: 'false',
  'old-certificates': 'keep',
  'comment-on-pull-request': 'false',
  // The runner replaces the default in action.yml, `${{ github.token }}`.
  'github-token': '',
} as const

/** The inputs that only the audit has, with their defaults. */
const auditOnly = {
  'expires-within-days': '30',
  'look-at-served': 'true',
  'fail-on': 'expired, expiring, not-served, no-certificate',
  'open-issue': 'false',
} as const

/** Every input of both actions, with its default. A test compares them with the two action.yml. */
export const inputDefaults = { ...deployment, ...auditOnly } as const
export type InputName = keyof typeof inputDefaults
export type AuditOnlyName = keyof typeof auditOnly

/** The inputs with which a step, or an account of a manifest, signs in. */
export const credentialInputs = [
  'secret-id',
  'secret-key',
  'session-token',
  'role-arn',
  'oidc-provider',
  'oidc-audience',
  'role-session-name',
  'role-duration-seconds',
  'allowed-account-ids',
] as const satisfies readonly InputName[]

const deploymentNames: readonly string[] = Object.keys(deployment)
const auditNames = [
  'zone-id',
  'zone-name',
  'manifest',
  'shard',
  'hosts',
  'expires-within-days',
  'fail-on',
  'look-at-served',
  'connect-to',
  ...credentialInputs,
  'region',
  'site',
  'endpoint',
  'api-version',
  'language',
  'wait-minutes',
  'comment-on-pull-request',
  'open-issue',
  'github-token',
] as const satisfies readonly InputName[]

/** The names of the inputs of each action. */
export const inputNames = { deployment: deploymentNames, audit: auditNames as readonly string[] } as const
export type Action = keyof typeof inputNames

/** Inputs that take one of several words. The first stands in for a word that does not exist, which is an error. */
export const choices = {
  match: ['exact', 'pattern', 'certificate'],
  'if-no-hosts': ['error', 'warn', 'ignore'],
  mode: modes,
  site: siteNames,
  'api-version': apiVersions,
  language: languages,
  'wait-for': ['deployed', ...stages.filter((stage) => stage !== 'deployed')],
  'old-certificates': ['keep', 'mute', 'delete'],
} as const satisfies Partial<Record<InputName, readonly string[]>>
export type ChoiceName = keyof typeof choices

/** Inputs that take a number, in the words of JSON Schema. A job on a hosted runner ends after six hours; the lifetime of a key is from reference 4.1. */
export const ranges = {
  'min-days-left': { minimum: 0, maximum: 3650 },
  'expires-within-days': { minimum: 0, maximum: 3650 },
  'wait-minutes': { exclusiveMinimum: 0, maximum: 360 },
  'role-duration-seconds': { minimum: 1, maximum: 43_200 },
} as const satisfies Partial<Record<InputName, object>>

/** The variable in which the runner passes an input: `INPUT_ZONE-ID`. */
export const variable = (name: string): string => `INPUT_${name.toUpperCase()}`

/** A warning for each `with:` key that does not exist: the runner passes it on, and it would have no effect. */
export const unknownInputs = (env: Environment, action: Action = 'deployment'): Text[] => {
  const names: readonly string[] = inputNames[action]
  return Object.keys(env)
    .filter((key) => key.startsWith('INPUT_'))
    .map((key) => key.slice('INPUT_'.length).toLowerCase())
    .filter((name) => !names.includes(name))
    .map((name) => {
      const longer = names.filter((one) => one.startsWith(`${name}-`))
      const meant = longer.length > 0 ? longer : nearest(name, names, 1)
      const quoted = meant.map((one) => `“${one}”`)
      const hint =
        meant.length === 0
          ? inBoth('')
          : { en: ` Did you mean ${quoted.join(' or ')}?`, zh: `是否应为${quoted.join('或')}？` }
      const shown = brief(name, 60)
      return {
        en: `This action has no input “${shown}”; it has no effect.${hint.en}`,
        zh: `此 Action 没有输入“${shown}”，该设置不起作用。${hint.zh}`,
      }
    })
}
