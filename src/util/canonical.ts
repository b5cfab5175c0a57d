import { Buffer } from 'node:buffer'

/** Spellings of one character: URL, JSON and HTML escapes, also escaped several times. */
const escapes =
  /%(?:25)*([0-9a-f]{2})|\\+u([0-9a-f]{4})|\\+(?:([/"])|[bfnrt])?|&#(\d{1,6});|&#x([0-9a-f]{1,5});|&(amp|lt|gt|quot);/iy

const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
])

/** The character that an escape stands for; undefined for whitespace, and for a backslash that escapes nothing. */
const codeOf = ([, percent, json, itself, decimal, hex, name]: RegExpExecArray): number | undefined => {
  if (itself !== undefined) return itself.charCodeAt(0)
  if (name !== undefined) return named.get(name.toLowerCase())?.charCodeAt(0)
  if (decimal !== undefined) return Number(decimal)
  const digits = percent ?? json ?? hex
  return digits === undefined ? undefined : Number.parseInt(digits, 16)
}

/** What each ASCII character becomes: nothing (0) for whitespace; the characters of base64url become those of base64. */
const plain = Uint8Array.from({ length: 128 }, (_, code) => (code <= 0x20 || code === 0x7f ? 0 : code))
plain[0x2d] = 0x2b
plain[0x5f] = 0x2f

const [percentSign, ampersand, backslash] = [0x25, 0x26, 0x5c]
/** `⏎`, which `oneLine` writes for a line break. */
const returnSymbol = 0x23ce

/**
 * The canonical spelling of a text: without URL, JSON and HTML escapes, without whitespace, and with base64url as base64. All spellings
 * of a secret become the same bytes, wherever their lines are broken. `bytes`: where they are written, at least `maxSize(text)` bytes.
 */
export const canonicalOf = (text: string, bytes = new Uint8Array(maxSize(text))): Uint8Array => {
  let size = 0
  spell(text, (byte) => {
    bytes[size++] = byte
  })
  return bytes.subarray(0, size)
}

/** At most this many bytes has the canonical spelling: those of UTF-8, but three for each half of a surrogate pair. */
export const maxSize = (text: string): number => {
  const size = Buffer.byteLength(text)
  return size === text.length ? size : Math.ceil(size * 1.5)
}

/** For each byte of the canonical spelling, where its spelling in the text begins and ends. Eight times as large, and rarely needed. */
export const originsOf = (text: string, size: number): { readonly from: Uint32Array; readonly to: Uint32Array } => {
  const [from, to] = [new Uint32Array(size), new Uint32Array(size)]
  let at = 0
  spell(text, (_, begin, end) => {
    from[at] = begin
    to[at++] = end
  })
  return { from, to }
}

/** Calls `put` with each byte of the canonical spelling, and where its spelling begins and ends. */
const spell = (text: string, put: (byte: number, begin: number, end: number) => void): void => {
  let at = 0
  const putCode = (code: number, end: number) => {
    if (code < 0x80) {
      const byte = plain[code] ?? 0
      if (byte !== 0) put(byte, at, end)
    } else if (code < 0x800) {
      put(0xc0 | (code >> 6), at, end)
      put(0x80 | (code & 0x3f), at, end)
    } else if (code !== returnSymbol) {
      put(0xe0 | ((code >> 12) & 0xf), at, end)
      put(0x80 | ((code >> 6) & 0x3f), at, end)
      put(0x80 | (code & 0x3f), at, end)
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
      if (meant !== undefined && found[1] !== undefined && meant >= 0x80) put(meant, at, end)
      else if (meant !== undefined) putCode(meant, end)
    }
    at = end
  }
}
