/** A text without its spelling, and where each byte of it stands. */
export interface Canonical {
  readonly bytes: Uint8Array
  /** Of each byte: where in the text its spelling begins, and where that ends. */
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** Spellings of one character: URL, JSON and HTML escapes, also escaped several times. */
const escapes =
  /%(?:25)*([0-9a-f]{2})|\\+u([0-9a-f]{4})|\\+(?:([/"])|[bfnrt])?|&#(\d{1,6});|&#x([0-9a-f]{1,5});|&(amp|lt|gt|quot);/iy

const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
])

/** The character that an escape stands for; undefined for white space, and for a backslash that escapes nothing. */
const codeOf = ([, percent, json, itself, decimal, hex, name]: RegExpExecArray): number | undefined => {
  if (itself !== undefined) return itself.charCodeAt(0)
  if (name !== undefined) return named.get(name.toLowerCase())?.charCodeAt(0)
  if (decimal !== undefined) return Number(decimal)
  const digits = percent ?? json ?? hex
  return digits === undefined ? undefined : Number.parseInt(digits, 16)
}

/** What each character of ASCII becomes: nothing (0) for white space, and one letter for two alphabets of base64. */
const plain = Uint8Array.from({ length: 128 }, (_, code) => (code <= 0x20 || code === 0x7f ? 0 : code))
plain[0x2d] = 0x2b
plain[0x5f] = 0x2f

const [percentSign, ampersand, backslash] = [0x25, 0x26, 0x5c]
/** `oneLine` writes it for a line break. */
const returnSymbol = 0x23ce

/**
 * A text as one of its many spellings: URL, JSON and HTML escapes are undone, white space is left out, and base64url is base64. The
 * same secret looks the same in all of them, wherever its lines are broken.
 */
export const canonicalOf = (text: string): Canonical => {
  // In UTF-8 only what is no ASCII is longer than its spelling.
  const most = /[\u0080-\uffff]/.test(text) ? 3 * text.length : text.length
  const [bytes, from, to] = [new Uint8Array(most), new Uint32Array(most), new Uint32Array(most)]
  let size = 0
  let at = 0
  const put = (byte: number, end: number) => {
    bytes[size] = byte
    from[size] = at
    to[size] = end
    size += 1
  }
  const putCode = (code: number, end: number) => {
    if (code < 0x80) {
      const byte = plain[code] ?? 0
      if (byte !== 0) put(byte, end)
    } else if (code < 0x800) {
      put(0xc0 | (code >> 6), end)
      put(0x80 | (code & 0x3f), end)
    } else if (code !== returnSymbol) {
      put(0xe0 | ((code >> 12) & 0xf), end)
      put(0x80 | ((code >> 6) & 0x3f), end)
      put(0x80 | (code & 0x3f), end)
    }
  }
  while (at < text.length) {
    const code = text.charCodeAt(at)
    escapes.lastIndex = at
    const isEscape = code === percentSign || code === ampersand || code === backslash
    const found = isEscape ? escapes.exec(text) : null
    const end = at + (found?.[0].length ?? 1)
    if (found === null) putCode(code, end)
    else {
      const meant = codeOf(found)
      // A byte of UTF-8 in a URL stands for itself.
      if (meant !== undefined && found[1] !== undefined && meant >= 0x80) put(meant, end)
      else if (meant !== undefined) putCode(meant, end)
    }
    at = end
  }
  return { bytes: bytes.subarray(0, size), from, to }
}
