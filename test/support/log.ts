import type { Log } from '../../src/model/ports.ts'

/** A log that discards everything. */
export const silent: Log = {
  info: () => {},
  debug: () => {},
  annotate: () => {},
  mask: () => {},
  hide: () => {},
  scrub: (text) => text,
  group: (_, body) => body(),
}
