import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { marked } from 'marked'
import { chromium } from 'playwright-core'
import { runStep } from '../test/world/runner.ts'
import { key, startWorld } from '../test/world/world.ts'

// npm run picture: job summaries of real runs, with GitHub's styles, as docs/*.png. Needs Chromium (CHROMIUM, or Debian's).

const docs = join(import.meta.dirname, '../docs')
const css = await readFile(
  createRequire(import.meta.url).resolve('github-markdown-css/github-markdown-light.css'),
  'utf8',
)
const inputs = {
  'zone-id': 'zone-2fgd17m17xw',
  hosts: 'www.example.com api.example.com',
  'cert-id': 'J2JqATrt',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}

await using world = await startWorld()
const env = { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile }
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
for (const [name, changed] of [
  ['summary', {}],
  ['summary-failed', { hosts: 'www.example.com wwww.example.com' }],
  ['summary-inputs', { 'zone-id': 'example.com', hosts: 'https://www.example.com/ 10.0.0.1', 'cert-id': '' }],
] as const) {
  const { summary } = await runStep({ entry: 'dist/index.js', inputs: { ...inputs, ...changed }, env })
  const page = await browser.newPage({ viewport: { width: 980, height: 200 }, deviceScaleFactor: 2 })
  const html = await marked.parse(summary, { gfm: true })
  await page.setContent(
    `<style>${css} body{margin:0;padding:24px}</style><article class="markdown-body">${html}</article>`,
  )
  await page.locator('article').screenshot({ path: join(docs, `${name}.png`) })
}
await browser.close()
