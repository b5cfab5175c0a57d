import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { marked } from 'marked'
import { type Browser, chromium } from 'playwright-core'
import { type Language, languages } from '../src/util/language.ts'
import { auditInputs, auditScenes, inputs, type Scene, scenes } from '../test/support/scenes.ts'
import { auditBundle, auditSource, bundle, runStep, source } from '../test/world/runner.ts'
import { newCertificate } from '../test/world/state.ts'
import { startWorld, type World } from '../test/world/world.ts'

// npm run picture: job summaries of real runs as GitHub shows them, its styles and Mermaid included, as docs/*.png.
// npm run picture -- --all FOLDER: those of all scenes in all languages, also as on a phone, with their Markdown.
// --entry src/main.ts: from the sources. Needs Chromium (CHROMIUM, or Debian's), and the fonts fonts-noto-color-emoji and fonts-noto-cjk.

const { values } = parseArgs({ options: { entry: { type: 'string' }, all: { type: 'string' } } })
const [entry, auditEntry] =
  values.entry === source ? ([source, auditSource] as const) : ([bundle, auditBundle] as const)
const isAll = values.all !== undefined
const docs = values.all ?? join(import.meta.dirname, '../docs')
const { resolve } = createRequire(import.meta.url)

const days = (from: number, until: number) => {
  const at = (n: number) => new Date(Date.now() + n * 86_400_000)
  return { notBefore: at(from), notAfter: at(until) }
}

/** Certificates that are renewed every 90 days. */
const renew = ({ state }: World): void => {
  const certificates = [
    newCertificate({ id: 'oldRsa01', ...days(-80, 10) }),
    newCertificate({ id: 'oldEcc01', algorithm: 'ECC P-256', ...days(-50, 40) }),
    newCertificate({ id: 'J2JqATrt', ...days(-1, 89) }),
  ]
  for (const one of certificates) state.certificates.set(one.id, one)
}

/** The summary of one run of the step or of the audit, in a new world. */
const summaryOf = async (scene: Scene, language: Language): Promise<string> => {
  const [from, common] = scene.step === 'audit' ? [auditEntry, auditInputs] : [entry, inputs]
  await using world = await startWorld()
  renew(world)
  scene.prepare(world)
  const env = { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile }
  const { summary, stdout } = await runStep({ entry: from, inputs: { ...common, ...scene.inputs, language }, env })
  if (summary === '') throw new Error(`The step wrote no summary:\n${stdout}`)
  return summary
}

const alertIcon =
  '<svg class="octicon mr-2" viewBox="0 0 16 16" width="16" height="16"><path d="M6.457 1.047c.659-1.234 2.427-1.234 3.086 0l6.082 11.378A1.75 1.75 0 0 1 14.082 15H1.918a1.75 1.75 0 0 1-1.543-2.575Zm1.763.707a.25.25 0 0 0-.44 0L1.698 13.132a.25.25 0 0 0 .22.368h12.164a.25.25 0 0 0 .22-.368Zm.53 3.996v2.5a.75.75 0 0 1-1.5 0v-2.5a.75.75 0 0 1 1.5 0ZM9 11a1 1 0 1 1-2 0 1 1 0 0 1 2 0Z"></path></svg>'

/** GitHub's additions to GFM: alerts and Mermaid. */
const htmlOf = (markdown: string): string =>
  marked
    .parse(markdown, { gfm: true, async: false })
    .replace(
      /<blockquote>\s*<p>\[!WARNING\]\s*(?:<br>)?([\s\S]*?)<\/blockquote>/g,
      (_, body: string) =>
        `<div class="markdown-alert markdown-alert-warning"><p class="markdown-alert-title">${alertIcon}Warning</p><p>${body}</div>`,
    )
    .replaceAll('</p><p></p>', '</p>')
    .replace(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<div class="mermaid">$1</div>')

const picture = async (browser: Browser, name: string, summary: string, { dark = false, width = 980 } = {}) => {
  const css = await readFile(resolve(`github-markdown-css/github-markdown-${dark ? 'dark' : 'light'}.css`), 'utf8')
  const page = await browser.newPage({ viewport: { width, height: 200 }, deviceScaleFactor: width < 600 ? 2 : 1.2 })
  const padding = width < 600 ? 16 : 24
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><style>${css} html{background:${dark ? '#0d1117' : '#fff'}} body{margin:0} article{box-sizing:border-box;padding:${padding}px}
    .mermaid{margin-bottom:16px}</style><article class="markdown-body">${htmlOf(summary)}</article>`,
  )
  await page.addScriptTag({ path: join(import.meta.dirname, '../node_modules/mermaid/dist/mermaid.min.js') })
  await page.evaluate(
    `mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: '${dark ? 'dark' : 'default'}' });
    mermaid.run()`,
  )
  const path = join(docs, `${name}.png`)
  await page.locator('article').screenshot({ path })
  await page.close()
  console.log(path)
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
  ],
})

/** The pictures of README.md and docs/audit.md, also in Chinese. */
const some = async () => {
  const change = await summaryOf(scenes.changed, 'en-US')
  await picture(browser, 'summary', change)
  await picture(browser, 'summary-dark', change, { dark: true })
  await picture(browser, 'summary-zh-CN', await summaryOf(scenes.changed, 'zh-CN'))
  await picture(browser, 'summary-audit', await summaryOf(auditScenes['audit with findings'], 'en-US'))
  await picture(browser, 'summary-audit-zh-CN', await summaryOf(auditScenes['audit with findings'], 'zh-CN'))
}

/** Every scene, in every language: light, dark, and on a phone. */
const all = async () => {
  for (const [name, scene] of Object.entries({ ...scenes, ...auditScenes })) {
    for (const language of languages) {
      const file = `${name.replaceAll(' ', '-')}-${language.slice(0, 2)}`
      const summary = await summaryOf(scene, language)
      await writeFile(join(docs, `${file}.md`), summary)
      await picture(browser, `${file}-light`, summary)
      await picture(browser, `${file}-dark`, summary, { dark: true })
      await picture(browser, `${file}-phone`, summary, { width: 390 })
    }
  }
}

try {
  await (isAll ? all() : some())
} finally {
  await browser.close()
}
