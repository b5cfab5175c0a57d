import { Buffer } from 'node:buffer'
import { canonicalOf, maxSize, originsOf } from './canonical.ts'

/** The secrets of a run, and how to remove them from a text. */
export interface Secrets {
  /** From now on, `scrub` removes this secret. Secrets of fewer than eight characters are ignored: they occur in ordinary text. */
  readonly add: (secret: string) => void
  /** As `add`, for a secret of which a part is worth nothing, such as a signature. There may be thousands: each takes little memory. */
  readonly addWhole: (secret: string) => void
  /** The text with `***` for each secret, in clear, in base64 (at any place of a longer text), or escaped for a URL, JSON or HTML. */
  readonly scrub: (text: string) => string
}

/** Length of the byte sequences (grams) by which secrets are found. */
const gramSize = 8
/** Minimum length of a part of a random secret that is removed as well, bytes: messages are cut off, and their lines broken. */
const minPart = 12

/** Bytes for the usual text: a line of the log. */
const scratchSize = 64 * 1024

const factor = 0x9e3779b1
const outFactor = Array.from({ length: gramSize }).reduce((power: number) => Math.imul(power, factor), 1)
const tableBits = 20

/** Rolling hash: adds the byte that enters the gram, and removes the one that leaves it. */
const roll = (hash: number, gained: number, lost: number): number =>
  (Math.imul(hash, factor) + gained - Math.imul(lost, outFactor)) | 0

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Calls `see` with the offset and the hash of each gram. */
const eachGram = (bytes: Uint8Array, see: (at: number, hash: number) => void): void => {
  let hash = 0
  for (let i = 0; i < bytes.length; i += 1) {
    hash = roll(hash, bytes[i] ?? 0, i < gramSize ? 0 : (bytes[i - gramSize] ?? 0))
    if (i + 1 >= gramSize) see(i + 1 - gramSize, hash >>> (32 - tableBits))
  }
}

/** Whether the text looks random, such as a key, a token or base64, so that no part of it occurs in ordinary text. A path, a name or a phrase does not. */
const isRandom = (text: string): boolean =>
  text.length >= 20 &&
  (/^[A-Za-z0-9+/=]+$/.test(text) || /^eyJ[A-Za-z0-9+/=.]+$/.test(text)) &&
  /[a-z]/.test(text) &&
  /[A-Z]/.test(text)

/**
 * The base64 of a text, and its base64 within a longer text at each of the three alignments, without the characters that depend on the
 * text around it.
 */
const base64Of = (text: string): string[] => [
  Buffer.from(text).toString('base64'),
  ...[0, 1, 2].map((before) => {
    const longer = '.'.repeat(before) + text
    const bytes = Buffer.from(longer)
    const whole = bytes.toString('base64').replace(/=+$/, '')
    return whole.slice(before === 0 ? 0 : 4, bytes.length % 3 === 0 ? undefined : -1)
  }),
]

/**
 * The parts of a secret that may be encoded in base64: each line and, unless the secret is just one, all together, with line breaks as they
 * are and as in JSON.
 */
const encodable = (secret: string): string[] => {
  const lines = secret
    .trim()
    .split(/[\r\n]+/)
    .map((line) => line.trim())
  if (lines[0] === secret) return lines
  return [...lines, ...['\n', '\\n'].map((end) => end + lines.join(end) + end)]
}

type Range = readonly [from: number, to: number]

/** The forms of all secrets, by their grams. */
interface Forms {
  /** By hash: 1 if a gram of a secret has it. */
  readonly table: Uint8Array
  /** The grams of secrets of which parts are removed as well. */
  readonly parts: Set<string>
  /** The forms whose grams are in `parts`. A key is added as an input and as a file, which may differ by a line break. */
  readonly divided: Set<string>
  /** The forms that are removed only as a whole, by their first gram. */
  readonly wholes: Map<string, string[]>
}

const noForms = (): Forms => ({
  table: new Uint8Array(1 << tableBits),
  parts: new Set(),
  divided: new Set(),
  wholes: new Map(),
})

type Removed = 'in parts' | 'whole'

const addForm = ({ table, parts, divided, wholes }: Forms, form: string, removed: Removed): void => {
  const bytes = canonicalOf(form)
  if (bytes.length < gramSize) return
  const text = textOf(bytes)
  const areParts = removed === 'in parts' && bytes.length >= minPart
  if (areParts && divided.has(text)) return
  if (areParts) divided.add(text)
  eachGram(bytes, (at, hash) => {
    if (at > 0 && !areParts) return
    table[hash] = 1
    const gram = text.slice(at, at + gramSize)
    if (areParts) parts.add(gram)
    else {
      const same = wholes.get(gram)
      if (same === undefined) wholes.set(gram, [text])
      else same.push(text)
    }
  })
}

/** The ranges of bytes that are secrets, in order of their start. */
const rangesIn = (bytes: Uint8Array, { table, parts, wholes }: Forms): Range[] => {
  const ranges: Range[] = []
  let [begin, last] = [-1, -2]
  const endRun = () => {
    if (last + gramSize - begin >= minPart) ranges.push([begin, last + gramSize])
  }
  eachGram(bytes, (at, hash) => {
    if (table[hash] === 0) return
    const gram = textOf(bytes.subarray(at, at + gramSize))
    for (const whole of wholes.get(gram) ?? []) {
      if (textOf(bytes.subarray(at, at + whole.length)) === whole) ranges.push([at, at + whole.length])
    }
    if (!parts.has(gram)) return
    if (last !== at - 1) {
      endRun()
      begin = at
    }
    last = at
  })
  endRun()
  return ranges.toSorted(([a], [b]) => a - b)
}

/** An empty store. The time of `scrub` grows with the length of the text, and hardly with the number of secrets. */
export const secretStore = (): Secrets => {
  const known = new Set<string>()
  const forms = noForms()

  const addForms = (secret: string, removed: Removed): void => {
    if (known.has(secret)) return
    known.add(secret)
    addForm(forms, secret, removed)
    for (const text of new Set(encodable(secret))) {
      if (text.length >= gramSize) for (const form of base64Of(text)) addForm(forms, form, removed)
    }
  }

  const add = (secret: string): void => addForms(secret, isRandom(textOf(canonicalOf(secret))) ? 'in parts' : 'whole')
  const addWhole = (secret: string): void => addForms(secret, 'whole')

  // Thousands of lines are scrubbed: each would otherwise leave an array to be collected.
  const scratch = new Uint8Array(scratchSize)

  const scrub = (text: string): string => {
    if (known.size === 0 || text.length < gramSize) return text
    const bytes = maxSize(text) <= scratchSize ? canonicalOf(text, scratch) : canonicalOf(text)
    const ranges = rangesIn(bytes, forms)
    if (ranges.length === 0) return text
    const { from, to } = originsOf(text, bytes.length)
    let [out, end] = ['', 0]
    for (const [first, after] of ranges) {
      const [start, stop] = [from[first] ?? 0, to[after - 1] ?? 0]
      if (stop <= end) continue
      if (start >= end) out += `${text.slice(end, start)}***`
      end = stop
    }
    return out + text.slice(end)
  }

  return { add, addWhole, scrub }
}
