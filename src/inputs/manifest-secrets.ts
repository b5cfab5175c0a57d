import type { Environment } from '../model/ports.ts'
import { keyBodiesIn, keyLinesIn } from '../pem/key-lines.ts'
import { isPathAlone, secretsOf } from '../pem/sources.ts'
import { inBoth, type Text } from '../util/language.ts'
import { secretKeys, variableKeys } from './manifest-keys.ts'

/** Minimum length of a literal that is masked, characters: shorter ones are no keys, and masks of them would hide half of the log. */
const minSecret = 8

/** Variables that the runner sets, or that hold its own tokens: a manifest does not decide that they are sent to a service. */
const ownVariable = /^(?:ACTIONS|GITHUB|RUNNER|INPUT)_|^GH_TOKEN$/i

interface Reading {
  readonly env: Environment
  readonly mask: (secret: string) => void
}

interface Fault {
  readonly seen: Text
  readonly expected: Text
}

/** The value of a variable, masked; or why there is none. */
export const readVariable = (key: string, name: string, { env, mask }: Reading): { readonly text: string } | Fault => {
  const expected = {
    en: `a variable in the environment of the step (env:), by its name, such as \${NAME}`,
    zh: `步骤环境（env:）中的变量，按名称引用，例如 \${NAME}`,
  }
  if (!/^[A-Za-z_]\w*$/.test(name))
    return { seen: { en: 'no name of a variable (not shown)', zh: '不是变量名的内容（未显示）' }, expected }
  if (ownVariable.test(name)) {
    return { seen: { en: `\${${name}}, which belongs to the runner`, zh: `\${${name}}，属于运行器的变量` }, expected }
  }
  const value = Object.hasOwn(env, name) ? (env[name] ?? '') : ''
  if (value.trim() === '')
    return { seen: { en: `\${${name}}, which is not set, or empty`, zh: `\${${name}}，未设置或为空` }, expected }
  for (const secret of secretsIn(key, value)) mask(secret)
  return { text: value }
}

const secretsIn = (key: string, value: string): readonly string[] => {
  if (key === 'private-key') return secretsOf(key, value)
  // A path, or certificates and perhaps keys.
  if (key === 'certificate') return value.includes('-----BEGIN') ? secretsOf(key, value) : []
  return value.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line, line.trim()]))
}

/** Why a text may not be written into the file, if it is or may be a key; then it is masked. */
export const literalFault = (key: string, text: string, mask: (secret: string) => void): Fault | undefined => {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim())
  const isPem = key === 'private-key' || key === 'certificate'
  const isKey = secretKeys.some((name) => name === key)
  if (!isKey && key !== 'private-key' && !/PRIVATE KEY/.test(text)) return undefined
  if (isPem && lines.every((line) => line === '' || isPathAlone(line))) return undefined
  const secrets = isPem ? secretsOf('private-key', text) : lines
  for (const secret of secrets) if (secret.length >= minSecret) mask(secret)
  const path = isPem
    ? { en: 'the path of a PEM file in the workspace, or ', zh: '工作区内 PEM 文件的路径，或' }
    : inBoth('')
  return {
    seen: { en: 'a key in the file (not shown)', zh: '写在文件中的密钥（未显示）' },
    expected: {
      en: `${path.en}a variable of the step’s environment, such as \${NAME}`,
      zh: `${path.zh}步骤环境中的变量，例如 \${NAME}`,
    },
  }
}

/** A value after the name of an input that holds a key, in YAML or JSON. */
const assignments = new RegExp(
  `\\b(${[...variableKeys].filter((key) => key !== 'certificate').join('|')})["']?\\s*:\\s*(?:"([^"\\n]*)|'([^'\\n]*)|([^\\s"'{[&*|>][^\\n,}\\]]*))`,
  'g',
)

/**
 * What may be a key in the text of a manifest, wherever it stands, to be masked before anything is said of the file: it may not even be
 * YAML.
 */
export const literalsIn = (text: string): string[] => {
  const values = [...text.matchAll(assignments)].flatMap(([, key = '', ...forms]) => {
    const value = (forms.find((form) => form !== undefined) ?? '').trim()
    const isHarmless = value.startsWith('${') || (key === 'private-key' && isPathAlone(value))
    return isHarmless || value.length < minSecret
      ? []
      : [value, ...value.split(/["'\s]+/).filter((part) => part.length >= minSecret)]
  })
  return [...new Set([...keyBodiesIn(text), ...keyLinesIn(text), ...values])]
}
