import { altered, Problem } from './problem.ts'

type Scrub = (text: string) => string

/** A value with `scrub` applied to every text in it: of lists, plain objects, Problems and errors. What has nothing to remove is the same object. */
export const scrubbed = <T>(value: T, scrub: Scrub): T => {
  const seen = new Map<unknown, unknown>()
  const texts = new Map<string, string>()
  const textOf = (text: string): string => {
    const known = texts.get(text) ?? scrub(text)
    texts.set(text, known)
    return known
  }
  const visit = (one: unknown): unknown => {
    if (typeof one === 'string') return textOf(one)
    if (typeof one !== 'object' || one === null) return one
    // While a value is visited, it stands for itself, so that cycles end.
    if (!seen.has(one)) {
      seen.set(one, one)
      seen.set(one, visitObject(one))
    }
    return seen.get(one)
  }
  const visitObject = (one: object): object => {
    if (Array.isArray(one)) {
      const items: readonly unknown[] = one
      const visited = items.map(visit)
      return visited.every((item, i) => item === items[i]) ? one : visited
    }
    if (one instanceof Error) return errorOf(one, visit, scrub)
    if (Object.getPrototypeOf(one) !== Object.prototype) return one
    const fields = Object.entries(one)
    const visited = fields.map(([name, field]) => [name, visit(field)] as const)
    return visited.every(([, field], i) => field === fields[i]?.[1]) ? one : Object.fromEntries(visited)
  }
  // The value keeps its shape: only texts in it are replaced, by texts.
  return visit(value) as T
}

const errorOf = (error: Error, visit: (value: unknown) => unknown, scrub: Scrub): Error => {
  const cause = visit(error.cause)
  if (error instanceof Problem) {
    const { text: message, code, requestId, errno, address, findings, paste } = error
    const texts = { message, code, requestId, errno, address, findings, paste }
    const changes = scrubbed(texts, scrub)
    return changes === texts && cause === error.cause ? error : altered(error, { ...changes, cause })
  }
  const [message, stack] = [scrub(error.message), scrub(error.stack ?? '')]
  if (message === error.message && stack === (error.stack ?? '') && cause === error.cause) return error
  const copy = new Error(message, { cause })
  copy.name = error.name
  copy.stack = stack
  return copy
}
