import type { KeyObject } from 'node:crypto'
import { pemOf } from './pem-material.ts'

/** Forms in which a private key gets into a secret, none of them PEM as this action takes it. None holds a NUL, which no environment can. */
export const keyForms: Readonly<Record<string, (key: KeyObject) => string>> = {
  'base64 alone': (key) => derOf(key).toString('base64'),
  'base64 in lines': (key) => linesOf(key).join('\n'),
  'base64 in lines of 76 columns': (key) =>
    (
      derOf(key)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n'),
  'base64 in double quotes': (key) => `"${derOf(key).toString('base64')}"`,
  'base64 in single quotes': (key) => `'${derOf(key).toString('base64')}'`,
  'base64 with spaces': (key) => linesOf(key).join(' '),
  'base64 with \\n written out': (key) => linesOf(key).join('\\n'),
  'base64 in reversed lines': (key) => linesOf(key).toReversed().join('\n'),
  'base64 after a BOM': (key) => `\ufeff${derOf(key).toString('base64')}`,
  base64url: (key) => derOf(key).toString('base64url'),
  'key=…': (key) => `key=${derOf(key).toString('base64')}`,
  'KEY: …': (key) => `KEY: ${derOf(key).toString('base64')}`,
  'export of a shell': (key) => `export TLS_KEY='${derOf(key).toString('base64')}'`,
  JWK: (key) => JSON.stringify(key.export({ format: 'jwk' })),
  'JWK in lines': (key) => JSON.stringify(key.export({ format: 'jwk' }), undefined, 2),
  'd of a JWK': (key) => String(key.export({ format: 'jwk' }).d),
  hex: (key) => derOf(key).toString('hex'),
  'hex in upper case': (key) => derOf(key).toString('hex').toUpperCase(),
  '0x hex': (key) => `0x${derOf(key).toString('hex')}`,
  '\\x hex': (key) => derOf(key).toString('hex').replace(/../g, '\\x$&'),
  'colon hex': (key) =>
    derOf(key)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:'),
  'colon hex in lines, as openssl prints it': (key) =>
    `priv:\n${derOf(key)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:')
      .replace(/.{45}/g, '    $&\n')}`,
  'data URL': (key) => `data:application/x-pem-file;base64,${derOf(key).toString('base64')}`,
  'base64 of PEM': (key) => Buffer.from(pemOf(key)).toString('base64'),
  'base64 of PEM in quotes': (key) => JSON.stringify(Buffer.from(pemOf(key)).toString('base64')),
  'base64 of PEM in brackets': (key) => `[${Buffer.from(pemOf(key)).toString('base64')}]`,
  'base64 of PEM in lines': (key) =>
    (
      Buffer.from(pemOf(key))
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n'),
  'base64 of PEM in UTF-16': (key) => Buffer.from(`\ufeff${pemOf(key)}`, 'utf16le').toString('base64'),
  'PEM in UTF-16 read as Latin-1, without NULs': (key) =>
    Buffer.from(`\ufeff${pemOf(key)}`, 'utf16le')
      .toString('latin1')
      .replaceAll('\0', '\ufffd'),
  'PEM with reversed lines': (key) => pemOf(key).trim().split('\n').toReversed().join('\n'),
  'PEM with three hyphens': (key) => pemOf(key).replaceAll('-----', '---'),
  'PEM without its first line': (key) => pemOf(key).split('\n').slice(1).join('\n'),
  'PEM without its last line': (key) => pemOf(key).split('\n').slice(0, -2).join('\n'),
  'PEM in a URL': (key) => encodeURIComponent(pemOf(key)),
  'PEM with + made spaces': (key) => pemOf(key).replaceAll('+', ' '),
  'an array of numbers': (key) => JSON.stringify([...derOf(key)]),
  'Bag Attributes and base64': (key) => `Bag Attributes\n    friendlyName: mine\n${derOf(key).toString('base64')}`,
  'a path after the key': (key) => `${derOf(key).toString('base64').slice(0, 120)}.pem`,
  'd of a JWK with an extension': (key) => `${String(key.export({ format: 'jwk' }).d)}.key`,
  'base64 in folders': (key) =>
    (
      derOf(key)
        .toString('base64url')
        .match(/.{1,40}/g) ?? []
    )
      .join('/')
      .slice(0, 180)
      .concat('.key'),
}

const derOf = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' })
const linesOf = (key: KeyObject): string[] => pemOf(key).trim().split('\n').slice(1, -1)

/** Every 16 characters of what was given, and of its lines, that a reader could not guess: not the words around a key. */
export const partsOf = (form: string): string[] =>
  form
    .split(/[\s"'[\]{}]+/)
    .filter((word) => word.length >= 24)
    .flatMap((word) =>
      Array.from({ length: Math.floor((word.length - 16) / 4) + 1 }, (_, i) => word.slice(i * 4, i * 4 + 16)),
    )
    .filter((part) => !/^[\w-]*(?:BEGIN|END|PRIVATE|application|base64)/.test(part))
