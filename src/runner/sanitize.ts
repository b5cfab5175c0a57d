import type { Log } from '../model/ports.ts'
import { brief } from '../util/text.ts'

/** GitHub shows this much of an annotation, characters. */
export const longestMessage = 4096
export const longestTitle = 200
/** The body of a call for a hundred hosts, with names of the greatest length, has room. */
const longestLine = 32_768

/** A log in which every line is one line, visible and bounded, whatever came from outside into it. */
export const legible = (log: Log): Log => ({
  ...log,
  info: (line) => log.info(brief(line, longestLine)),
  annotate: ({ level, title, message }) =>
    log.annotate({ level, title: brief(title, longestTitle), message: brief(message, longestMessage) }),
})
