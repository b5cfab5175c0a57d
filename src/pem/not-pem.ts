import type { Text } from '../util/language.ts'

/** What was found, as a noun phrase to which its place is appended, and what was expected. */
export type Fault = readonly [seen: Text, expected: Text]

/** Characters that do not occur in text. */
const control = /[[\p{Cc}\ufffd]--\s]/v

/** For a text about which nothing more is known. */
export const noPem: Fault = [
  { en: 'neither a certificate nor a private key', zh: '既不是证书也不是私钥的内容' },
  {
    en: 'PEM, with the lines -----BEGIN …----- and -----END …-----',
    zh: 'PEM，包含 -----BEGIN …----- 行和 -----END …----- 行',
  },
]

/** PEM, and how to convert to it what was given. */
const converted = (how: Text): Text => ({ en: `PEM (${how.en})`, zh: `PEM（${how.zh}）` })
const by = (command: string): Text => converted({ en: `convert it with ${command}`, zh: `用 ${command} 转换` })

/** What a text without PEM may be. */
const instead = {
  nothing: [
    { en: 'nothing', zh: '空' },
    converted({
      en: 'a secret that is not set, or not available to this job, is empty',
      zh: '未设置的 Secret，或此作业无法使用的 Secret，其值为空',
    }),
  ],
  keystore: [
    { en: 'a Java keystore', zh: 'Java keystore 密钥库' },
    converted({
      en: 'convert it with `keytool -importkeystore` to PKCS#12, then with `openssl pkcs12 -nodes`',
      zh: '先用 `keytool -importkeystore` 转换为 PKCS#12，再用 `openssl pkcs12 -nodes` 转换',
    }),
  ],
  pkcs12: [{ en: 'a PKCS#12 file', zh: 'PKCS#12 文件' }, by('`openssl pkcs12 -nodes -in … -out …`')],
  der: [
    { en: 'a DER file', zh: 'DER 文件' },
    converted({
      en: 'convert it with `openssl x509 -inform der` or `openssl pkey -inform der`',
      zh: '用 `openssl x509 -inform der` 或 `openssl pkey -inform der` 转换',
    }),
  ],
  binary: [
    { en: 'binary content', zh: '二进制内容' },
    { en: 'PEM, which is text', zh: 'PEM 文本' },
  ],
  twice: [
    { en: 'PEM that is encoded in base64 a second time', zh: '又做了一次 base64 编码的 PEM' },
    converted({ en: 'decode it before this step', zh: '请在此步骤之前解码' }),
  ],
  bare: [{ en: 'base64 without BEGIN and END lines', zh: '没有 BEGIN 行和 END 行的 base64' }, noPem[1]],
} as const satisfies Record<string, Fault>

/** What a text without PEM is instead. The bytes of a file that is not UTF-8 come as characters, some of them as U+FFFD. */
export const insteadOf = (text: string): Fault => {
  if (text.trim() === '') return instead.nothing
  if (/^(?:\xfe\xed\xfe\xed|\xce\xce\xce\xce|\ufffd{4})/.test(text)) return instead.keystore
  // PKCS#12 begins with its version, 3 (RFC 7292 §4); a key in PKCS#8 with 0 or 1.
  const head = text.slice(0, 8)
  if (head.startsWith('0') && head.includes('\x02\x01\x03')) return instead.pkcs12
  if (/^0[\x80-\x84\ufffd]/.test(text) || (head.startsWith('0') && head.includes('\x02\x01'))) return instead.der
  if (control.test(text)) return instead.binary
  const start = text.trim()
  if (/^LS0tL/.test(start)) return instead.twice
  return /^MI[\w+/]/.test(start) ? instead.bare : noPem
}
