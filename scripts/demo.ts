import { X509Certificate } from 'node:crypto'
import { runStep, type StepRun, shownLog } from '../test/world/runner.ts'
import { newCertificate } from '../test/world/state.ts'
import { key, startWorld } from '../test/world/world.ts'

// Runs dist/index.js as the runner does, against a small Tencent Cloud on this machine: no account is needed.

const title = (text: string) => console.log(`\n━━ ${text} ${'━'.repeat(Math.max(0, 90 - text.length))}\n`)

const show = (run: StepRun) => {
  console.log(shownLog(run.stdout).join('\n').trimEnd())
  console.log(run.exitCode === 0 ? '\n✓ step succeeded' : `\n✗ step failed (exit code ${run.exitCode})`)
  title('Outputs')
  for (const [name, value] of Object.entries(run.outputs)) console.log(`${name.padEnd(16)} ${value}`)
  title('Job summary (Markdown)')
  console.log(run.summary.trimEnd())
}

await using world = await startWorld()
const day = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * day)
const add = (id: string, notBefore: Date, notAfter: Date) =>
  world.state.certificates.set(id, newCertificate({ id, notBefore, notAfter }))
add('oldRsa01', inDays(-70), inDays(20))
add('J2JqATrt', inDays(-1), inDays(89))
const { chain } = await world.leafOf('J2JqATrt')
const leaf = new X509Certificate(chain)
console.log('A certificate was issued and lies in the SSL service of the test world as J2JqATrt:')
console.log(`  ${leaf.subjectAltName}, until ${leaf.validTo}, SHA-256 ${leaf.fingerprint256.slice(0, 23)}…`)

const inputs = {
  'zone-id': 'zone-2fgd17m17xw',
  hosts: 'www.example.com\napi.example.com',
  'cert-id': 'J2JqATrt',
  'wait-for': 'served',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}
const env = { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile }

title('A step that binds it to two hosts, and sees it served')
show(await runStep({ entry: 'dist/index.js', inputs, env }))
const hosts = world.state.zones.get('zone-2fgd17m17xw')?.hosts
const bound = hosts?.get('www.example.com')
console.log(
  `\nIn the world, www.example.com now has: ${bound?.mode}, ${bound?.certificates?.map(({ id }) => id).join(', ')}`,
)

title('The same step again: nothing to do')
show(await runStep({ entry: 'dist/index.js', inputs, env }))

title('The same step with a host that the site does not have')
show(await runStep({ entry: 'dist/index.js', inputs: { ...inputs, hosts: 'wwww.example.com' }, env }))

title('The same step with a host that goes on serving its old certificate: it is rolled back')
const stuck = hosts?.get('xn--bcher-kva.example.com')
if (stuck !== undefined) stuck.edgeServes = ['oldRsa01']
const patience = { hosts: 'bücher.example.com', rollback: 'true', 'wait-minutes': '0.1' }
show(await runStep({ entry: 'dist/index.js', inputs: { ...inputs, ...patience }, env }))
