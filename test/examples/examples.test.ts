import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withPrograms } from '../support/shell.ts'
import { type Job, workflow } from '../support/workflow.ts'
import { apiHost } from '../world/github.ts'
import { repository } from '../world/github-state.ts'
import { newCertificate, newHost, roleArn } from '../world/state.ts'
import { startWorld, type World } from '../world/world.ts'
import { type Contexts, type Ran, runJob, stepsOfGoodRun } from './job.ts'

// Each example runs as it stands: its scripts against stand-ins of the tools, its steps against the test world.

const standIn = join(import.meta.dirname, 'stand-in.ts')
const call = (name: string) => `exec "${process.execPath}" "${standIn}" '${name}' "$@"`
const bash = '#!/usr/bin/env bash\n'
const programs = {
  python3: `${bash}${call('python3')}`,
  // Calls of the API are real; only the download of lego is not.
  curl: `${bash}case "$*" in *go-acme/lego*) ${call('download lego')} ;; esac\nexec /usr/bin/curl "$@"`,
  sha256sum: `${bash}read -r sum file\n[[ "$*" == '--check --quiet' && "$sum" =~ ^[0-9a-f]{64}$ && -f "$file" ]]`,
  git: `${bash}set -e
case "$1" in
  fetch) [[ "$*" =~ ^fetch\\ --quiet\\ --depth=1\\ https://github.com/acmesh-official/acme.sh\\ [0-9a-f]{40}$ ]] ;;
  checkout) printf '%s\\n' '#!/usr/bin/env bash' '${call('acme.sh').replaceAll("'", `'"'"'`)}' > acme.sh && chmod +x acme.sh ;;
  *) exec /usr/bin/git "$@" ;;
esac`,
}

let tools: string
let path: string
beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), 'tools-'))
  path = await withPrograms(join(tools, 'bin'), programs)
  await withPrograms(tools, { lego: `${bash}${call('lego')}` })
  execFileSync('tar', ['-czf', 'lego.tar.gz', 'lego'], { cwd: tools })
})
afterAll(() => rm(tools, { recursive: true }))

interface Outcome {
  readonly ran: readonly Ran[]
  readonly world: World
  readonly log: readonly {
    readonly tool: string
    readonly args: readonly string[]
    readonly env: Record<string, string>
  }[]
}

const dates = { notBefore: new Date('2026-06-01T00:00:00Z'), notAfter: new Date('2036-06-01T00:00:00Z') }

/** Runs one job of an example in a world of its own. */
const run = async (
  file: string,
  job: string,
  check: (outcome: Outcome) => void | Promise<void>,
  { prepare, ...contexts }: Contexts & { readonly prepare?: (world: World, workspace: string) => Promise<void> } = {},
  names: readonly [string, ...string[]] = ['example.com', '*.example.com'],
): Promise<void> => {
  const example = workflow(`examples/${file}`)
  const folder = await mkdtemp(join(tmpdir(), 'job-'))
  for (const name of ['workspace', 'temp', 'issued']) await mkdir(join(folder, name))
  await using world = await startWorld()
  for (const [kind, algorithm] of [['rsa', 'RSA 2048'] as const, ['ecc', 'ECC P-256'] as const]) {
    const { chain, privateKey } = await world.issue(names, { algorithm, ...dates })
    await writeFile(join(folder, 'issued', `${kind}.crt`), chain)
    await writeFile(join(folder, 'issued', `${kind}.key`), privateKey)
  }
  const env = {
    PATH: path,
    HTTPS_PROXY: world.proxy,
    CURL_CA_BUNDLE: world.rootFile,
    NODE_EXTRA_CA_CERTS: world.rootFile,
    STAND_IN_ISSUED: join(folder, 'issued'),
    STAND_IN_LOG: join(folder, 'log'),
    STAND_IN_ARCHIVE: join(tools, 'lego.tar.gz'),
    GITHUB_API_URL: `https://${apiHost}`,
    GITHUB_REPOSITORY: repository,
    ...world.oidcEnv,
  }
  await writeFile(env.STAND_IN_LOG, '')
  await prepare?.(world, join(folder, 'workspace'))
  const roles = ['EDGEONE_ROLE_ARN', 'DNS_ROLE_ARN', 'READ_ROLE_ARN', 'AUDIT_ROLE_ARN']
  const vars = { ...Object.fromEntries(roles.map((name) => [name, roleArn])), CERT_ID: 'J2JqATrt' }
  const secrets = {
    DNS_SECRET_ID: 'AKIDdnsEXAMPLE',
    DNS_SECRET_KEY: 'keyOfDnsEXAMPLE',
    CLOUDFLARE_DNS_API_TOKEN: 'tokenEXAMPLE',
  }
  try {
    const steps: Job = example.jobs[job] ?? {}
    const ran = await runJob(example, steps, { vars, secrets, ...contexts }, { folder, env })
    for (const { shell, action } of ran) {
      if (shell) expect(shell.status, shell.stderr + shell.stdout).toBe(0)
      if (action) expect(action.exitCode, action.stdout).toBe(0)
    }
    expect(ran).toHaveLength(stepsOfGoodRun(steps).length)
    const log = (await readFile(env.STAND_IN_LOG, 'utf8')).split('\n').filter((line) => line !== '')
    await check({ ran, world, log: log.map((line) => JSON.parse(line)) })
  } finally {
    await rm(folder, { recursive: true })
  }
}

const outputsOf = ({ ran }: Outcome) => ran.at(-1)?.action?.outputs ?? {}
const hosts = ['www.example.com', 'api.example.com', 'xn--bcher-kva.example.com']
const changed = (outcome: Outcome) => JSON.parse(outputsOf(outcome)['changed-hosts'] ?? '[]').toSorted()

test.concurrent('acme-sh.yml issues with acme.sh, and binds without a stored key for EdgeOne', () =>
  run('acme-sh.yml', 'renew', (outcome) => {
    expect(outputsOf(outcome)['outcome']).toBe('changed')
    expect(changed(outcome)).toEqual(hosts.toSorted())
    expect(outcome.log).toMatchObject([{ tool: 'acme.sh', env: { Tencent_SecretKey: 'keyOfDnsEXAMPLE' } }])
    expect(outcome.world.state.tokens).toBe(1)
  }))

test.concurrent('lego.yml issues RSA and ECC with a temporary key, and binds both', () =>
  run('lego.yml', 'renew', (outcome) => {
    expect(outputsOf(outcome)['outcome']).toBe('changed')
    expect(outputsOf(outcome)['cert-id']?.split(',')).toHaveLength(2)
    expect(outcome.log.map(({ args }) => args[args.indexOf('--key-type') + 1])).toEqual(['RSA2048', 'EC256'])
    for (const { env } of outcome.log) {
      expect(env['TENCENTCLOUD_SESSION_TOKEN']).toMatch(/.{10}/)
      expect(outcome.world.state.secretTexts).toContain(env['TENCENTCLOUD_SECRET_KEY'])
      const shown = outcome.ran.map(({ shell }) => shell?.stdout ?? '').join('\n')
      const lines = shown.split('\n').filter((line) => !line.startsWith('::add-mask::'))
      for (const name of ['KEY', 'ID', 'TOKEN'].map((end) => Object.keys(env).find((one) => one.endsWith(end)) ?? ''))
        expect(lines.join('\n')).not.toContain(env[name])
      expect(shown).toContain(`::add-mask::${env['TENCENTCLOUD_SECRET_KEY']}`)
    }
    // One token for lego, one for this action.
    expect(outcome.world.state.tokens).toBe(2)
  }))

test.concurrent('lego-edgeone.yml issues with a temporary key for the records of EdgeOne', () =>
  run('lego-edgeone.yml', 'renew', (outcome) => {
    expect(outputsOf(outcome)['outcome']).toBe('changed')
    expect(outcome.log).toMatchObject([{ env: { EDGEONE_PROPAGATION_TIMEOUT: '1200' } }])
    expect(outcome.log[0]?.env['EDGEONE_SESSION_TOKEN']).toMatch(/.{10}/)
  }))

test.concurrent('the job of lego-edgeone.yml may take longer than everything in it', () => {
  const { jobs, text } = workflow('examples/lego-edgeone.yml')
  const seconds = Number(/PROPAGATION_TIMEOUT: "(\d+)"/.exec(text)?.[1])
  expect(jobs['renew']?.['timeout-minutes']).toBeGreaterThan(seconds / 60 + 20 + 5 + 20)
})

test.concurrent('lego-cloudflare.yml issues with an API token of Cloudflare', () =>
  run('lego-cloudflare.yml', 'renew', (outcome) => {
    expect(outputsOf(outcome)['outcome']).toBe('changed')
    expect(outcome.log).toMatchObject([{ env: { CLOUDFLARE_DNS_API_TOKEN: 'tokenEXAMPLE' } }])
    expect(outcome.world.state.tokens).toBe(1)
  }))

test.concurrent('certbot.yml issues with certbot, and binds to the hosts that the certificate covers', () =>
  run(
    'certbot.yml',
    'renew',
    (outcome) => {
      expect(changed(outcome)).toEqual(['www.example.com'])
      expect(outcome.log).toMatchObject([{ tool: 'certbot' }])
    },
    {},
    ['example.com', 'www.example.com'],
  ))

test.concurrent.each(['lego.yml', 'lego-edgeone.yml'])('%s says why STS refuses the role', async (file) => {
  const problem = run(file, 'renew', () => {}, {
    vars: { EDGEONE_ROLE_ARN: roleArn, DNS_ROLE_ARN: 'qcs::cam::uin/100000000001:roleName/nobody' },
  })
  await expect(problem).rejects.toThrow(/::error::STS refused the role: \w+/)
})

test.concurrent('by-id.yml binds a certificate by its ID', () =>
  run('by-id.yml', 'bind', (outcome) => expect(changed(outcome)).toEqual(['api.example.com', 'www.example.com'])))

test.concurrent('plan-on-pull-request.yml shows a plan, then binds', async () => {
  await run('plan-on-pull-request.yml', 'plan', (outcome) => {
    expect(outputsOf(outcome)['outcome']).toBe('planned')
    expect(outcome.world.state.counts.get('ModifyHostsCertificate')).toBeUndefined()
  })
  await run('plan-on-pull-request.yml', 'bind', (outcome) => expect(outputsOf(outcome)['outcome']).toBe('changed'))
})

test.concurrent('rotate-and-audit.yml binds the newest certificate', () =>
  run('rotate-and-audit.yml', 'rotate', (outcome) =>
    expect(outputsOf(outcome)['outcome']).toMatch(/^(changed|unchanged)$/),
  ))

/** One host is fine, and the deployment to another failed, which does not fail the audit. */
const halfFine = async ({ state }: World): Promise<void> => {
  const [zone] = state.zones.values()
  const certificates = [{ id: 'oldRsa01', status: 'issued' }]
  const hosts = { 'www.example.com': newHost({}), 'api.example.com': newHost({ certificates }) }
  zone?.hosts.clear()
  for (const [name, host] of Object.entries(hosts)) zone?.hosts.set(name, host)
}
const audited = { ok: 'true', 'site-count': '1', 'host-count': '2', 'finding-count': '1' }

test.concurrent('audit.yml looks at all hosts with a role that may only read, and keeps an issue open', () =>
  run(
    'audit.yml',
    'audit',
    (outcome) => {
      expect(outputsOf(outcome)).toMatchObject(audited)
      expect(outcome.world.state.tokens).toBe(1)
      expect(outcome.world.state.github.issues.at(-1)).toMatchObject({
        ...{ title: 'EdgeOne: 1 of 2 hosts needs attention', state: 'open' },
      })
    },
    { prepare: halfFine },
  ))

test.concurrent('rotate-and-audit.yml looks at all hosts', () =>
  run(
    'rotate-and-audit.yml',
    'audit',
    (outcome) => {
      expect(outputsOf(outcome)).toMatchObject(audited)
      expect(outcome.world.state.github.calls).toEqual([])
    },
    { prepare: halfFine },
  ))

test.concurrent('reusable.yml works with the inputs that a caller must give, and the defaults of the others', () => {
  const { on } = workflow('examples/reusable.yml')
  const declared = Object(on).workflow_call.inputs
  const defaults = Object.entries(declared).flatMap(([name, input]) => {
    const value = Object(input).default
    return value === undefined ? [] : [[name, String(value)]]
  })
  const given = { 'zone-name': 'example.com', 'role-arn': roleArn }
  expect(Object.keys(declared).filter((name) => Object(declared[name]).required)).toEqual(Object.keys(given))
  return run(
    'reusable.yml',
    'bind',
    (outcome) => expect(outputsOf(outcome)['outcome']).toMatch(/^(changed|unchanged)$/),
    { inputs: { ...Object.fromEntries(defaults), ...given } },
  )
})

/** A second site, and the manifest of the example with the role of the world. */
const fleet = async (world: World, workspace: string): Promise<void> => {
  const [zone] = world.state.zones.values()
  if (zone === undefined) throw new Error('no zone')
  const hosts = new Map([['www.example.org', { ...zone.hosts.get('www.example.com') }]])
  world.state.zones.set('zone-2', { ...zone, id: 'zone-2', name: 'example.org', hosts } as typeof zone)
  world.state.certificates.set('orgRsa01', newCertificate({ id: 'orgRsa01', names: ['*.example.org'], ...dates }))
  const manifest = await readFile(join(import.meta.dirname, '../../examples/manifests/fleet.yml'), 'utf8')
  const here = manifest.replace(/qcs::\S+/g, roleArn).replaceAll('200000000002', '100000000001')
  await writeFile(join(workspace, 'certificates.yml'), here)
}

test.concurrent('fleet.yml plans for all accounts of its manifest, without a stored key', () =>
  run(
    'fleet.yml',
    'plan',
    (outcome) => {
      expect(outputsOf(outcome)).toMatchObject({ outcome: 'planned', 'failed-sites': '[]' })
      expect(outcome.world.state.counts.get('ModifyHostsCertificate')).toBeUndefined()
    },
    { prepare: fleet },
  ))

test.concurrent.each(['1', '2', '3', '4'])('fleet.yml deploys share %s of the accounts', (shard) =>
  run(
    'fleet.yml',
    'deploy',
    (outcome) => {
      expect(outputsOf(outcome)['failed-sites']).toBe('[]')
      // Two accounts: the other shares have nothing to do.
      expect(outputsOf(outcome)['outcome']).toBe(Number(shard) <= 2 ? 'changed' : 'unchanged')
    },
    { prepare: fleet, matrix: { shard } },
  ),
)
