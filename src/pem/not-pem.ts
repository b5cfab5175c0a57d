/** What was found, as a noun phrase to which its place is appended, and what was expected. */
export type Fault = readonly [seen: string, expected: string]

/** Characters that do not occur in text. */
const control = /[[\p{Cc}\ufffd]--\s]/v

/** For a text about which nothing more is known. */
export const noPem: Fault = [
  'neither a certificate nor a private key',
  'PEM, with the lines -----BEGIN …----- and -----END …-----',
]

/** What a text without PEM is instead. The bytes of a file that is not UTF-8 come as characters, some of them as U+FFFD. */
export const insteadOf = (text: string): Fault => {
  if (text.trim() === '') return ['nothing', 'PEM (a secret that is not set, or not available to this job, is empty)']
  if (/^(?:\xfe\xed\xfe\xed|\xce\xce\xce\xce|\ufffd{4})/.test(text)) {
    return [
      'a Java keystore',
      'PEM (convert it with `keytool -importkeystore` to PKCS#12, then with `openssl pkcs12 -nodes`)',
    ]
  }
  // PKCS#12 begins with its version, 3 (RFC 7292 §4); a key in PKCS#8 with 0 or 1.
  const head = text.slice(0, 8)
  if (head.startsWith('0') && head.includes('\x02\x01\x03'))
    return ['a PKCS#12 file', 'PEM (convert it with `openssl pkcs12 -nodes -in … -out …`)']
  if (/^0[\x80-\x84\ufffd]/.test(text) || (head.startsWith('0') && head.includes('\x02\x01'))) {
    return ['a DER file', 'PEM (convert it with `openssl x509 -inform der` or `openssl pkey -inform der`)']
  }
  if (control.test(text)) return ['binary content', 'PEM, which is text']
  const start = text.trim()
  if (/^LS0tL/.test(start)) return ['PEM that is encoded in base64 a second time', 'PEM (decode it before this step)']
  if (/^MI[\w+/]/.test(start)) {
    return ['base64 without BEGIN and END lines', 'PEM, with the lines -----BEGIN …----- and -----END …-----']
  }
  return noPem
}
