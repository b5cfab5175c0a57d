import { X509Certificate } from 'node:crypto'
import { runStep, type StepRun, shownLog } from '../test/world/runner.ts'
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
const { certificate } = await world.issue(['www.example.com', 'api.example.com'])
const leaf = new X509Certificate(certificate)
console.log('A certificate was issued and lies in the SSL service of the test world as J2JqATrt:')
console.log(`  ${leaf.subjectAltName}, until ${leaf.validTo}, SHA-256 ${leaf.fingerprint256.slice(0, 23)}…`)

const inputs = {
  'zone-id': 'zone-2fgd17m17xw',
  hosts: 'www.example.com\napi.example.com',
  'cert-id': 'J2JqATrt',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}
const env = { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile }

title('A step that binds it to two hosts')
show(await runStep({ entry: 'dist/index.js', inputs, env }))
const bound = world.state.zones.get('zone-2fgd17m17xw')?.hosts.get('www.example.com')
console.log(
  `\nIn the world, www.example.com now has: ${bound?.mode}, ${bound?.certificates?.map(({ id }) => id).join(', ')}`,
)

title('The same step again: nothing to do')
show(await runStep({ entry: 'dist/index.js', inputs, env }))

title('The same step with a host that the site does not have')
show(await runStep({ entry: 'dist/index.js', inputs: { ...inputs, hosts: 'wwww.example.com' }, env }))
