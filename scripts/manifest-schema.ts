import { parse } from 'yaml'
import { accountKeys, defaultKeys, listKeys, secretKeys, siteKeys, variableKeys } from '../src/inputs/manifest-keys.ts'
import { type InputName, inputDefaults } from '../src/inputs/table.ts'
import { apiVersions, modes } from '../src/model/setting.ts'
import { siteNames } from '../src/model/site.ts'
import { stages } from '../src/model/stage.ts'
import { generated, read } from './generated.ts'

// docs/manifest.schema.json, from the keys of the manifest and the descriptions of action.yml.

const action: { inputs: Record<string, { description: string }> } = parse(read('action.yml'))

const choices: Partial<Record<InputName, readonly string[]>> = {
  match: ['exact', 'pattern', 'certificate'],
  'if-no-hosts': ['error', 'warn', 'ignore'],
  mode: modes,
  'api-version': apiVersions,
  'wait-for': stages,
  'old-certificates': ['keep', 'mute', 'delete'],
  site: siteNames,
}
const numbers: readonly InputName[] = ['min-days-left', 'wait-minutes', 'role-duration-seconds']

const scalar = { type: ['string', 'number'] }
const typeOf = (key: InputName): object => {
  const choice = choices[key]
  if (choice !== undefined) return { enum: choice }
  if (secretKeys.includes(key)) return { type: 'string', pattern: '^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$' }
  if (numbers.includes(key)) return { type: 'number', minimum: 0 }
  const fallback: string = inputDefaults[key]
  if (fallback === 'true' || fallback === 'false') return { type: 'boolean' }
  if (listKeys.includes(key)) return { anyOf: [scalar, { type: 'array', items: scalar, minItems: 1 }] }
  return scalar
}

const textOf = (key: InputName): string => {
  const text = (action.inputs[key]?.description ?? '').trim()
  if (secretKeys.includes(key)) return `${text} Here, a variable of the step's environment: \`\${NAME}\`.`
  return variableKeys.includes(key) ? `${text} Or a variable of the step's environment: \`\${NAME}\`.` : text
}

const properties = (keys: readonly InputName[]) =>
  Object.fromEntries(keys.map((key) => [key, { description: textOf(key), ...typeOf(key) }]))

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Manifest of EdgeOne sites',
  description: 'The file that the input `manifest` names, as YAML or JSON. Keys are the names of inputs.',
  type: 'object',
  required: ['sites'],
  additionalProperties: false,
  properties: {
    defaults: {
      description: 'For every site that does not say otherwise.',
      type: 'object',
      additionalProperties: false,
      properties: properties(defaultKeys),
    },
    accounts: {
      description: 'Accounts by name. A site without an account uses the credential inputs of the step.',
      type: 'object',
      propertyNames: { pattern: '^[A-Za-z0-9_.-]{1,64}$' },
      additionalProperties: { type: 'object', additionalProperties: false, properties: properties(accountKeys) },
    },
    sites: {
      description: 'What is to be deployed, by site.',
      type: 'array',
      minItems: 1,
      maxItems: 5000,
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          account: { description: 'The name of an account under `accounts`.', type: 'string' },
          ...properties(siteKeys),
        },
        oneOf: [{ required: ['zone-id'] }, { required: ['zone-name'] }],
      },
    },
  },
}
generated('docs/manifest.schema.json', `${JSON.stringify(schema, undefined, 2)}\n`, 'npm run docs')
