import { expect, test } from 'vitest'
import type { World } from '../../src/model/ports.ts'
import { run } from '../../src/run.ts'
import { countedClock } from '../support/clock.ts'
import { envWith } from '../support/inputs.ts'
import { silent } from '../support/log.ts'

const online = { DomainName: 'www.example.com', DomainStatus: 'online', Certificate: { Mode: 'sslcert', List: [] } }

/** What the services answer: every site has the same host, and only the name `example.com` is known. */
const answers: Readonly<Record<string, object>> = {
  DescribeZones: { TotalCount: 1, Zones: [{ ZoneId: 'zone-1', ZoneName: 'example.com', Status: 'active' }] },
  DescribeAccelerationDomains: { TotalCount: 1, AccelerationDomains: [online] },
  DescribeCertificates: { TotalCount: 0, Certificates: [] },
  ModifyHostsCertificate: {},
}

/** Runs the step with these inputs; for `manifest`, the file has this text. */
const play = async (inputs: Readonly<Record<string, string>>, manifest = '') => {
  const groups: string[] = []
  const unused = () => Promise.reject(new Error('must not be called'))
  const world: World = {
    language: 'en-US',
    env: { ...envWith({ 'wait-for': 'accepted', ...inputs }), OTHER_ID: 'AKIDother', OTHER_KEY: 'keyother' },
    send: async ({ headers }) => {
      const Response = { ...answers[headers['x-tc-action'] ?? ''], RequestId: 'r' }
      return { status: 200, date: undefined, body: JSON.stringify({ Response }) }
    },
    handshake: unused,
    resolve: unused,
    readFile: async () => manifest,
    idToken: unused,
    clock: countedClock(),
    log: {
      ...silent,
      group: (title, body) => {
        groups.push(title)
        return body()
      },
    },
    cancelled: new AbortController().signal,
  }
  return { result: await run(world), groups }
}

const noSites = { 'zone-id': '', hosts: '', 'cert-id': '', manifest: 'sites.yml' }
const statesIn = ({ result }: Awaited<ReturnType<typeof play>>) =>
  result.sites.map(({ zone, hosts }) => [zone, hosts.map(({ state }) => state)])

test('two sites may have a host of the same name', async () => {
  const played = await play({ 'zone-id': 'zone-1 zone-2', match: 'pattern', hosts: '**' })
  expect(statesIn(played)).toEqual([
    [{ id: 'zone-1' }, ['accepted']],
    [{ id: 'zone-2' }, ['accepted']],
  ])
})

const twoNames = 'zone-name: [example.com, missing.com], match: pattern, hosts: "**", cert-id: x'

test('a site that a manifest names and that does not exist fails alone', async () => {
  const played = await play(noSites, `sites: [{ ${twoNames} }]`)
  expect(statesIn(played).map(([, states]) => states)).toEqual([['accepted'], []])
})

test('a site that the inputs name and that does not exist stops the step', async () => {
  const inputs = { 'zone-id': '', 'zone-name': 'example.com missing.com', match: 'pattern', hosts: '**' }
  const played = await play(inputs)
  expect(statesIn(played).map(([, states]) => states)).toEqual([[], []])
  expect(played.result.problem?.code).toBe('Input.ZoneName')
})

test('with several accounts, the log names each site, even if its account has no other', async () => {
  const other = `accounts: { other: { secret-id: "\${OTHER_ID}", secret-key: "\${OTHER_KEY}" } }`
  const site = (more: string) => `{ hosts: www.example.com, cert-id: x, ${more} }`
  const sites = `sites: [${site('zone-id: zone-1')}, ${site('zone-id: zone-2, account: other')}]`
  const { groups } = await play(noSites, `${other}\n${sites}`)
  expect(groups.filter((title) => title.includes('zone-')).toSorted()).toEqual([
    '[other] zone-2: changed',
    'zone-1: changed',
  ])
})
