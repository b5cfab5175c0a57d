import type { Log, Warn } from '../model/ports.ts'
import { type SiteResult, siteName } from '../model/result.ts'
import type { Context } from '../tencent/context.ts'

/** The log of one of several sites. */
export interface SiteLog {
  readonly log: Log
  readonly warn: Warn
  /** Writes the lines that were logged since, as one group. */
  readonly flush: (title: string) => Promise<void>
}

/**
 * Keeps the lines of a site together: sites are worked on side by side, and the groups of a log cannot be nested. Annotations and warnings,
 * which begin with the site's name, are written at once.
 */
export const siteLog = (log: Log, warn: Warn, site: string): SiteLog => {
  let lines: { readonly text: string; readonly isDebug?: true }[] = []
  /** The title of a group of which nothing was written yet: with nothing in it, it is left out. */
  let pending: string | undefined
  return {
    log: {
      ...log,
      info: (text) => {
        if (pending !== undefined) lines.push({ text: `— ${pending}` })
        pending = undefined
        lines.push({ text })
      },
      debug: (text) => lines.push({ text, isDebug: true }),
      group: (title, body) => {
        pending = title
        return body()
      },
    },
    warn: (title, { en, zh }) => warn(title, { en: `${site}: ${en}`, zh: `${site}：${zh}` }),
    flush: async (title) => {
      const written = lines
      lines = []
      if (written.length === 0) return
      await log.group(title, async () => {
        for (const { text, isDebug } of written) (isDebug ? log.debug : log.info)(text)
      })
    },
  }
}

/** The context of one of several sites: with its own lines in the log, and calls that are counted for it. */
export const siteContext = <C extends Context>(
  context: C,
  { zone }: { readonly zone: SiteResult['zone'] & { readonly id: string } },
) => {
  const name = siteName({ zone })
  const { log, warn, flush } = siteLog(context.log, context.warn, name)
  const client = (signal: AbortSignal) => context.client(signal, zone.id)
  return { name, flush, own: { ...context, log, warn, client, call: client(context.signal) } }
}
