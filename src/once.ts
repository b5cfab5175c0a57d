/** Where every host has objects of its own, nothing is shared, and nothing is to be remembered. */
const most = 500

/**
 * A function of objects, that makes the value of each once. The ten thousand hosts of a site mostly share what they have, so what is
 * made of it is shared as well. What was given is not to be changed afterwards.
 */
export const madeOnce = <From extends object, Made extends object | undefined>(
  make: (from: From) => Made,
): ((from: From) => Made) => {
  const known = new Map<From, Made>()
  return (from) => {
    const made = known.get(from) ?? make(from)
    if (known.size < most) known.set(from, made)
    return made
  }
}
