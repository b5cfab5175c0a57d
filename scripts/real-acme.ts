import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runStep } from '../test/world/runner.ts'
import { key, startWorld, type World } from '../test/world/world.ts'

// Lets the real acme.sh, lego and certbot issue a certificate at a real ACME server (pebble) with a DNS challenge, and binds what they leave
// with dist/index.js in the test world. Not part of the tests: it needs programs of the system. On Debian:
//   apt-get install pebble lego certbot openssl curl
//   ACME_SH=/path/to/acme.sh/acme.sh npx node scripts/real-acme.ts
// docs/real-acme.md says what was seen.

const domain = 'example.com'
const names = [domain, `*.${domain}`]
const ports = { acme: 14000, management: 15000, dns: 8053, challenges: 8055 } as const
const directory = `https://localhost:${ports.acme}/dir`
const folder = mkdtempSync(join(tmpdir(), 'acme-'))
const at = (...path: string[]): string => join(folder, ...path)

/** Sets or clears a TXT record at the DNS server of pebble's tests: `txt.sh set|clear NAME VALUE`. */
const hook = `#!/bin/sh
curl -fsS -X POST -d "{\\"host\\":\\"\${2%.}.\\",\\"value\\":\\"$3\\"}" http://127.0.0.1:${ports.challenges}/$1-txt
`

const program = (name: string, content: string): string => {
  const file = at(name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content, { mode: 0o755 })
  return file
}

const pebble = async ({ issue, rootFile }: World): Promise<readonly ChildProcess[]> => {
  const { chain, privateKey } = await issue(['localhost'], { via: 'root' })
  writeFileSync(at('server.pem'), chain)
  writeFileSync(at('server.key'), privateKey)
  const config = {
    pebble: {
      listenAddress: `127.0.0.1:${ports.acme}`,
      managementListenAddress: `127.0.0.1:${ports.management}`,
      certificate: at('server.pem'),
      privateKey: at('server.key'),
      httpPort: 5002,
      tlsPort: 5001,
    },
  }
  writeFileSync(at('pebble.json'), JSON.stringify(config))
  const env = { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' }
  const none = ['-http01', '', '-https01', '', '-tlsalpn01', '']
  const dns = ['-dns01', `127.0.0.1:${ports.dns}`, '-management', `127.0.0.1:${ports.challenges}`, ...none]
  const children = [
    spawn('pebble-challtestsrv', dns, { stdio: 'ignore' }),
    spawn('pebble', ['-config', at('pebble.json'), '-dnsserver', `127.0.0.1:${ports.dns}`], { env, stdio: 'ignore' }),
  ]
  execFileSync('curl', [
    '-fsS',
    '--retry',
    '20',
    '--retry-delay',
    '1',
    '--retry-all-errors',
    '--cacert',
    rootFile,
    directory,
  ])
  return children
}

interface Tool {
  readonly name: string
  /** The command that prints its version, and the one that issues, with what it needs in the environment. */
  readonly version: readonly [string, ...string[]]
  readonly issue: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  readonly certificate: string
  readonly key: string
}

const domains = (flag: string): string[] => names.flatMap((name) => [flag, name])

const lego = (root: string, txt: string): Tool => {
  const exec = program(
    'lego-exec.sh',
    `#!/bin/sh\ncase $1 in present) what=set ;; *) what=clear ;; esac\n${txt} $what "$2" "$3"\n`,
  )
  const flags = ['--accept-tos', '--email', 'you@example.com', '--server', directory, '--path', at('lego')]
  const dns = ['--dns', 'exec', '--dns.disable-cp', '--dns.resolvers', `127.0.0.1:${ports.dns}`]
  return {
    name: 'lego',
    version: ['lego', '--version'],
    issue: ['lego', ...flags, '--key-type', 'ec256', ...dns, ...domains('--domains'), 'run'],
    env: { LEGO_CA_CERTIFICATES: root, EXEC_PATH: exec },
    certificate: at('lego/certificates', `${domain}.crt`),
    key: at('lego/certificates', `${domain}.key`),
  }
}

const certbot = (root: string, txt: string): Tool => {
  const hookOf = (what: string) =>
    program(`certbot-${what}.sh`, `#!/bin/sh\n${txt} ${what} "_acme-challenge.$CERTBOT_DOMAIN" "$CERTBOT_VALIDATION"\n`)
  const flags = [
    '--non-interactive',
    '--agree-tos',
    '--email',
    'you@example.com',
    '--no-eff-email',
    '--server',
    directory,
  ]
  const folders = ['--config-dir', at('certbot'), '--work-dir', at('certbot-work'), '--logs-dir', at('certbot-logs')]
  const manual = ['--authenticator', 'manual', '--preferred-challenges', 'dns']
  const hooks = ['--manual-auth-hook', hookOf('set'), '--manual-cleanup-hook', hookOf('clear')]
  return {
    name: 'certbot',
    version: ['certbot', '--version'],
    issue: [
      'certbot',
      'certonly',
      ...flags,
      ...folders,
      ...manual,
      ...hooks,
      '--cert-name',
      domain,
      ...domains('--domain'),
    ],
    env: { REQUESTS_CA_BUNDLE: root },
    certificate: at('certbot/live', domain, 'fullchain.pem'),
    key: at('certbot/live', domain, 'privkey.pem'),
  }
}

const acmeSh = (script: string, root: string, txt: string): Tool => {
  const home = at('acme-home')
  const functions = `dns_pebble_add() { ${txt} set "$1" "$2"; }\ndns_pebble_rm() { ${txt} clear "$1" "$2"; }\n`
  program('acme-home/dnsapi/dns_pebble.sh', `#!/usr/bin/env sh\n${functions}`)
  const flags = ['--home', home, '--server', directory, '--ca-bundle', root, '--email', 'you@example.com']
  const files = ['--fullchain-file', at('acme-fullchain.pem'), '--key-file', at('acme-privkey.pem')]
  const dns = ['--keylength', 'ec-256', '--dns', 'dns_pebble', '--dnssleep', '1', ...domains('--domain')]
  return {
    name: 'acme.sh',
    version: [script, '--version'],
    issue: [script, '--issue', ...flags, ...dns, ...files],
    env: {},
    certificate: at('acme-fullchain.pem'),
    key: at('acme-privkey.pem'),
  }
}

const blocksIn = (text: string): string =>
  [...text.matchAll(/-----BEGIN (.*?)-----/g)].map(([, kind]) => kind).join(', ')

/** Issues with a tool, and binds what it left. */
const tryTool = async ({ proxy, rootFile }: World, tool: Tool): Promise<boolean> => {
  const run = ([command, ...args]: readonly [string, ...string[]]): string =>
    execFileSync(command, args, {
      env: { ...process.env, ...tool.env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const version = run(tool.version).trim().split('\n').at(-1)
  run(tool.issue)
  const [chain, privateKey] = [readFileSync(tool.certificate, 'utf8'), readFileSync(tool.key, 'utf8')]
  const step = await runStep({
    entry: 'dist/index.js',
    inputs: {
      'zone-name': domain,
      match: 'certificate',
      certificate: 'fullchain.pem',
      'private-key': 'privkey.pem',
      'wait-for': 'served',
      'secret-id': key.secretId,
      'secret-key': key.secretKey,
    },
    env: { HTTPS_PROXY: proxy, NODE_EXTRA_CA_CERTS: rootFile },
    files: { 'fullchain.pem': chain, 'privkey.pem': privateKey },
  })
  const { outcome = 'none', 'changed-hosts': hosts, 'error-code': code } = step.outputs
  console.log(`${tool.name} (${version})`)
  console.log(`  left ${blocksIn(chain)}; ${blocksIn(privateKey)}`)
  console.log(`  bound: ${outcome} ${hosts ?? ''} ${code ?? ''}`)
  if (step.exitCode !== 0) console.log(step.stdout)
  return step.exitCode === 0
}

const script = process.env['ACME_SH']
const world = await startWorld()
const servers = await pebble(world)
try {
  const txt = program('txt.sh', hook)
  const tools = [lego(world.rootFile, txt), certbot(world.rootFile, txt)]
  if (script === undefined) console.log('acme.sh: left out, since ACME_SH is not set')
  for (const tool of [...tools, ...(script === undefined ? [] : [acmeSh(script, world.rootFile, txt)])]) {
    // A world of its own for each, with hosts that have the old certificate.
    await using fresh = await startWorld()
    if (!(await tryTool(fresh, tool))) process.exitCode = 1
  }
} finally {
  for (const server of servers) server.kill()
  await world[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
}
