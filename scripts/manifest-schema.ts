import { parse } from 'yaml'
import { accountKeys, defaultKeys, listKeys, secretKeys, siteKeys, variableKeys } from '../src/inputs/manifest-keys.ts'
import { choices, type InputName, inputDefaults, ranges } from '../src/inputs/table.ts'
import { modes } from '../src/model/setting.ts'
import { generated, read } from './generated.ts'
import { slug } from './repository.ts'

// docs/manifest.schema.json, from the tables of inputs and of the manifest's keys, and the descriptions of action.yml. What one layer
// leaves to another (such as a certificate that `defaults` give) is not a part of it.

const action: { inputs: Record<string, { description: string }> } = parse(read('action.yml'))

/** A variable that a manifest may name: none of the runner's. */
const variable = '^\\$\\{(?!(?:ACTIONS|GITHUB|RUNNER|INPUT)_|GH_TOKEN\\})[A-Za-z_][A-Za-z0-9_]*\\}$'
/** Not blank, and without a variable. */
const plain = '(?![\\s\\S]*\\$\\{)[\\s\\S]*\\S'

const patterns: Partial<Record<InputName, string>> = {
  certificate: `${variable}|^(?![\\s\\S]*PRIVATE KEY)${plain}`,
  'private-key': `${variable}|^(?![\\s\\S]*-----BEGIN)${plain}`,
}
for (const key of secretKeys) patterns[key] = variable

/** Texts that YAML may take for numbers. */
const numeric: readonly InputName[] = [
  'cert-id',
  'cert-alias',
  'allowed-account-ids',
  'oidc-provider',
  'role-session-name',
]

/** The type of one value. */
const scalarOf = (key: InputName): object => {
  const [choice, range, fallback] = [Object(choices)[key], Object(ranges)[key], inputDefaults[key] as string]
  if (choice !== undefined) return { enum: choice }
  if (range !== undefined) return { type: ['number', 'string'], ...range, pattern: '^\\d+(\\.\\d+)?$' }
  if (fallback === 'true' || fallback === 'false')
    return { type: ['boolean', 'string'], pattern: '^(?:true|True|TRUE|false|False|FALSE)$' }
  return { type: numeric.includes(key) ? ['string', 'number'] : 'string', pattern: patterns[key] ?? `^${plain}` }
}

const typeOf = (key: InputName): object => {
  const scalar = scalarOf(key)
  return listKeys.includes(key) ? { anyOf: [scalar, { type: 'array', items: scalar, minItems: 1 }] } : scalar
}

const textOf = (key: InputName): string => {
  const text = (action.inputs[key]?.description ?? '').trim()
  if (secretKeys.includes(key)) return `${text} Here, a variable of the step's environment: \`\${NAME}\`.`
  return variableKeys.includes(key) ? `${text} Or a variable of the step's environment: \`\${NAME}\`.` : text
}

const properties = (keys: readonly InputName[]) =>
  Object.fromEntries(keys.map((key) => [key, { description: textOf(key), ...typeOf(key) }]))

/** Inputs that exclude each other within a site, or within the defaults. */
const exclusive = {
  allOf: [
    { not: { type: 'object', required: ['cert-id', 'certificate'] } },
    {
      if: {
        type: 'object',
        required: ['mode'],
        properties: { mode: { enum: modes.filter((mode) => mode !== 'sslcert') } },
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { not: { anyOf: [{ required: ['cert-id'] }, { required: ['certificate'] }] } },
    },
  ],
}

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `https://raw.githubusercontent.com/${slug}/v1/docs/manifest.schema.json`,
  title: 'Manifest of EdgeOne sites',
  description: 'The file that the input `manifest` names, as YAML or JSON. Keys are the names of inputs.',
  type: 'object',
  required: ['sites'],
  additionalProperties: false,
  properties: {
    defaults: {
      description: 'For every site that does not say otherwise. They come before the inputs of the step.',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: properties(defaultKeys),
      ...exclusive,
    },
    accounts: {
      description: 'Accounts by name. A site without an account uses the credential inputs of the step.',
      type: ['object', 'null'],
      propertyNames: { pattern: '^[A-Za-z0-9_.-]{1,64}$' },
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: properties(accountKeys),
        dependentRequired: {
          'secret-id': ['secret-key'],
          'secret-key': ['secret-id'],
          'session-token': ['secret-id', 'secret-key'],
        },
      },
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
          account: { description: 'The name of an account under `accounts`.', type: ['string', 'number'] },
          ...properties(siteKeys),
        },
        oneOf: [{ required: ['zone-id'] }, { required: ['zone-name'] }],
        ...exclusive,
      },
    },
  },
}
generated('docs/manifest.schema.json', `${JSON.stringify(schema, undefined, 2)}\n`, 'npm run docs')
