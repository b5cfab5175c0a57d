/** Where every host has things of its own, nothing is shared, and nothing is to be remembered. */
const most = 500

/**
 * `make`, done once for all that has one key: by default for each thing itself. The ten thousand hosts of a site mostly share what they
 * have, so what is made of it is shared as well. Nothing that is shared is to be changed afterwards.
 */
export const madeOnce = <From, Made>(
  make: (from: From) => Made,
  keyOf: (from: From) => unknown = (from) => from,
): ((from: From) => Made) => {
  const known = new Map<unknown, Made>()
  return (from) => {
    const key = keyOf(from)
    const made = known.get(key) ?? make(from)
    if (known.size < most) known.set(key, made)
    return made
  }
}
