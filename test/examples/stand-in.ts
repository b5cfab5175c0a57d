import { appendFileSync, chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Stands in for acme.sh, lego and certbot: takes the flags that they document, refuses others, and leaves files where they do.
//   node stand-in.ts TOOL ARGUMENT…
// Flags: acme.sh 3.1.3, lego v5 (cmd/internal/flags), certbot 5 with certbot-dns-tencentcloud 2.

interface Tool {
  readonly valued: readonly string[]
  readonly plain: readonly string[]
  readonly run: (flags: ReadonlyMap<string, readonly string[]>, words: readonly string[]) => void
}

const fail = (message: string): never => {
  console.error(message)
  process.exit(2)
}
const env = (name: string): string => process.env[name] || fail(`${name} is not set`)
const issued = (kind: 'rsa' | 'ecc', part: 'crt' | 'key'): string =>
  readFileSync(join(env('STAND_IN_ISSUED'), `${kind}.${part}`), 'utf8')
const write = (path: string, text: string): void => {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}

const log = (tool: string, args: readonly string[], key: readonly string[]): void => {
  const values = Object.fromEntries(key.map((name) => [name, process.env[name] ?? '']))
  appendFileSync(env('STAND_IN_LOG'), `${JSON.stringify({ tool, args, env: values })}\n`)
}

/** What a provider needs in the environment, and what it may take besides. */
const legoProviders: Readonly<
  Record<string, { readonly needs: readonly string[]; readonly takes: readonly string[] }>
> = {
  tencentcloud: {
    needs: ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY'],
    takes: ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_PROPAGATION_TIMEOUT'],
  },
  edgeone: {
    needs: ['EDGEONE_SECRET_ID', 'EDGEONE_SECRET_KEY'],
    takes: ['EDGEONE_SESSION_TOKEN', 'EDGEONE_PROPAGATION_TIMEOUT'],
  },
  cloudflare: { needs: ['CLOUDFLARE_DNS_API_TOKEN'], takes: ['CLOUDFLARE_PROPAGATION_TIMEOUT'] },
}

const tools: Readonly<Record<string, Tool>> = {
  lego: {
    valued: ['email', 'key-type', 'path', 'dns', 'domains', 'cert.name', 'server', 'account-id', 'dns.resolvers'],
    plain: ['accept-tos', 'no-bundle'],
    run: (flags, words) => {
      if (words.join() !== 'run') fail(`lego: no such command: ${words.join(' ')}`)
      const one = (name: string): string => flags.get(name)?.at(-1) ?? fail(`lego: --${name} is needed`)
      if (!flags.has('accept-tos')) fail('lego: the terms of service were not accepted')
      const type = one('key-type')
      if (!/^(EC256|EC384|RSA2048|RSA3072|RSA4096|RSA8192)$/.test(type)) fail(`unsupported key type: ${type}`)
      const provider = legoProviders[one('dns')] ?? fail(`unrecognized DNS provider: ${one('dns')}`)
      provider.needs.map(env)
      log('lego', process.argv.slice(3), [...provider.needs, ...provider.takes])
      const kind = type.startsWith('RSA') ? 'rsa' : 'ecc'
      const [first = fail('lego: --domains is needed')] = flags.get('domains') ?? []
      const file = join(one('path'), 'certificates', flags.get('cert.name')?.at(-1) ?? first.replaceAll('*', '_'))
      write(`${file}.crt`, issued(kind, 'crt'))
      write(`${file}.key`, issued(kind, 'key'))
      write(`${file}.json`, '{}')
    },
  },
  'acme.sh': {
    valued: [
      'home',
      'server',
      'email',
      'keylength',
      'dns',
      'domain',
      'fullchain-file',
      'key-file',
      'ca-file',
      'cert-file',
    ],
    plain: ['issue', 'force', 'ecc'],
    run: (flags) => {
      const one = (name: string): string => flags.get(name)?.at(-1) ?? fail(`acme.sh: --${name} is needed`)
      if (!flags.has('issue')) fail('acme.sh: no command')
      if (one('dns') !== 'dns_tencent') fail(`Cannot find DNS API hook for: ${one('dns')}`)
      const key = ['Tencent_SecretId', 'Tencent_SecretKey']
      key.map(env)
      log('acme.sh', process.argv.slice(3), key)
      const kind = one('keylength').startsWith('ec-') ? 'ecc' : 'rsa'
      // It stores the key in its home: that must not be the workspace.
      write(join(one('home'), 'account.conf'), `SAVED_Tencent_SecretKey='${env('Tencent_SecretKey')}'\n`)
      write(one('fullchain-file'), issued(kind, 'crt'))
      write(one('key-file'), issued(kind, 'key'))
    },
  },
  certbot: {
    valued: [
      ...['email', 'config-dir', 'work-dir', 'logs-dir', 'authenticator', 'cert-name', 'domain', 'key-type', 'server'],
      ...['dns-tencentcloud-propagation-seconds', 'dns-tencentcloud-credentials'],
    ],
    plain: ['non-interactive', 'agree-tos', 'no-eff-email'],
    run: (flags, words) => {
      if (words.join() !== 'certonly') fail(`certbot: unrecognized arguments: ${words.join(' ')}`)
      const one = (name: string): string => flags.get(name)?.at(-1) ?? fail(`certbot: --${name} is needed`)
      for (const name of ['non-interactive', 'agree-tos']) if (!flags.has(name)) fail(`certbot: --${name} is needed`)
      if (one('authenticator') !== 'dns-tencentcloud')
        fail(`The requested ${one('authenticator')} plugin does not exist`)
      const key = ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY']
      key.map(env)
      log('certbot', process.argv.slice(3), key)
      const live = join(one('config-dir'), 'live', one('cert-name'))
      // Keys are ECDSA unless asked otherwise.
      write(join(live, 'fullchain.pem'), issued(flags.get('key-type')?.at(-1) === 'rsa' ? 'rsa' : 'ecc', 'crt'))
      write(join(live, 'privkey.pem'), issued(flags.get('key-type')?.at(-1) === 'rsa' ? 'rsa' : 'ecc', 'key'))
    },
  },
  /** `python3 -m venv DIR`: a pip in it that installs the two pinned packages. */
  python3: {
    valued: [],
    plain: [],
    run: (_, [m, venv, folder = fail('python3: no folder')]) => {
      if (m !== '-m' || venv !== 'venv') fail('python3: only -m venv')
      for (const name of ['pip', 'certbot']) {
        write(
          join(folder, 'bin', name),
          `#!/usr/bin/env bash\nexec "${process.execPath}" "${process.argv[1]}" ${name} "$@"\n`,
        )
        chmodSync(join(folder, 'bin', name), 0o755)
      }
    },
  },
  pip: {
    valued: [],
    plain: ['quiet'],
    run: (_, [command, ...packages]) => {
      if (command !== 'install') fail(`pip: ${command}`)
      for (const one of packages) if (!/^[a-z-]+==\d+\.\d+\.\d+$/.test(one)) fail(`pip: ${one} is not pinned`)
    },
  },
  /** The download of lego's archive; the checksum is that of the real one, and sha256sum stands in, too. */
  'download lego': {
    valued: ['proto', 'retry', 'output'],
    plain: ['fail', 'silent', 'show-error', 'location'],
    run: (flags, [url = '']) => {
      if (
        !/^https:\/\/github\.com\/go-acme\/lego\/releases\/download\/(v5\.\d+\.\d+)\/lego_\1_linux_amd64\.tar\.gz$/.test(
          url,
        )
      )
        fail(`curl: 404: ${url}`)
      cpSync(env('STAND_IN_ARCHIVE'), flags.get('output')?.[0] ?? fail('curl: --output is needed'))
    },
  },
}

const [name = '', ...args] = process.argv.slice(2)
const tool = tools[name] ?? fail(`no stand-in for ${name}`)
const flags = new Map<string, string[]>()
const words: string[] = []
for (let i = 0; i < args.length; i += 1) {
  const arg = args[i] ?? ''
  const flag = arg.startsWith('--') ? arg.slice(2) : undefined
  if (flag === undefined) words.push(arg)
  else if (tool.plain.includes(flag)) flags.set(flag, [])
  else if (tool.valued.includes(flag)) {
    i += 1
    flags.set(flag, [...(flags.get(flag) ?? []), args[i] ?? fail(`${arg} needs a value`)])
  } else fail(`${name}: unknown option ${arg}`)
}
tool.run(flags, words)
