import type { Log } from '../../src/ports.ts'

/** A log that nobody reads. */
export const silent: Log = {
  info: () => {},
  debug: () => {},
  annotate: () => {},
  mask: () => {},
  group: (_, body) => body(),
}
