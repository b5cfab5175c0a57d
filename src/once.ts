/**
 * A function of lists, or of other objects, that makes each value once. The ten thousand hosts of a site share most of what they have:
 * what is made of it is shared as well. Nothing that was given is to be changed afterwards.
 */
export const madeOnce = <From extends object, Made>(make: (from: From) => Made): ((from: From) => Made) => {
  const known = new WeakMap<From, Made>()
  return (from) => {
    if (known.has(from)) return known.get(from) as Made
    const made = make(from)
    known.set(from, made)
    return made
  }
}
