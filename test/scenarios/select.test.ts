import { expect } from 'vitest'
import { documentOf } from '../world/document.ts'
import { newZone } from '../world/state.ts'
import { scenario, writes } from './scenario.ts'
import { busyFor, setHosts, zoneOf } from './zone.ts'

const site = {
  'example.com': {},
  'www.example.com': {},
  'a.b.example.com': {},
  'xn--bcher-kva.example.com': {},
  'old.example.com': { status: 'offline' },
  'bad.example.com': { status: 'forbidden' },
  'new.example.com': { status: 'init' },
}

scenario('binds to the hosts that patterns match, without the excluded ones', {
  bodies: true,
  inputs: {
    match: 'pattern',
    hosts: '*.example.com  # one label\nBÜCHER.example.com\n!www.example.com\nno.match.example.org',
  },
  prepare: (world) => setHosts(world, site),
  check: ({ outputs, stdout }) => {
    expect(outputs['changed-hosts']).toBe('["xn--bcher-kva.example.com"]')
    expect(stdout).toContain('old.example.com (offline)')
    expect(stdout).toContain('“no.match.example.org” matches no host')
  },
})
scenario('binds to every host that the certificate covers', {
  inputs: { match: 'certificate', hosts: '' },
  prepare: (world) => setHosts(world, site),
  check: ({ outputs }) => {
    expect(outputs['changed-hosts']).toBe('["example.com","www.example.com","xn--bcher-kva.example.com"]')
  },
})
scenario('leaves out excluded hosts that the certificate covers', {
  inputs: { match: 'certificate', hosts: '!**.example.com' },
  prepare: (world) => setHosts(world, site),
  check: ({ outputs }) => expect(outputs['changed-hosts']).toBe('["example.com"]'),
})
scenario('refuses to match by a certificate that it may not read', {
  inputs: { match: 'certificate', hosts: '' },
  prepare: ({ state }) => {
    state.sslReadable = false
  },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Certificate.NamesUnknown'),
})
scenario('names the hosts that the site does not have', {
  whole: true,
  inputs: { hosts: 'wwww.example.com *.example.com www.example.com shop.example.org' },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Input.UnknownHosts')
    expect(writes(state)).toBe(0)
  },
})
scenario('binds to a host that is itself a wildcard', {
  inputs: { hosts: '*.example.com' },
  prepare: (world) => setHosts(world, { '*.example.com': {}, 'www.example.com': {} }),
  check: ({ outputs }) => expect(outputs['changed-hosts']).toBe('["*.example.com"]'),
})
scenario('binds to the online host and fails for the offline one', {
  inputs: { hosts: 'www.example.com old.example.com' },
  prepare: (world) => setHosts(world, site),
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'true', 'error-code': 'Input.HostNotOnline' })
    expect(outputs['changed-hosts']).toBe('["www.example.com"]')
  },
})
for (const [ifNoHosts, outcome] of [
  ['error', 'failed'],
  ['warn', 'unchanged'],
  ['ignore', 'unchanged'],
] as const) {
  scenario(`if-no-hosts ${ifNoHosts} ends as ${outcome}`, {
    inputs: { match: 'pattern', hosts: '*.example.org', 'if-no-hosts': ifNoHosts },
    check: ({ outputs }, { state }) => {
      expect(outputs['outcome']).toBe(outcome)
      expect(writes(state)).toBe(0)
    },
  })
}
scenario('reads the whole site when more than a hundred hosts are named', {
  bodies: true,
  inputs: { hosts: Array.from({ length: 101 }, (_, i) => `h${i}.example.com`).join('\n'), 'dry-run': 'true' },
  prepare: (world) => {
    setHosts(world, Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`h${i}.example.com`, {}])))
  },
  check: (_, { state }) => expect(state.counts.get('DescribeAccelerationDomains')).toBe(1),
})

scenario('binds on a Pages site without reading it', {
  inputs: { 'wait-for': 'deployed' },
  prepare: (world) => {
    Object.assign(zoneOf(world), { readable: false, type: 'pages' })
  },
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('::warning title=Hosts not read::')
  },
})
scenario('refuses patterns on a Pages site', {
  inputs: { match: 'pattern', hosts: '**' },
  prepare: (world) => {
    Object.assign(zoneOf(world), { readable: false, type: 'pages' })
  },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Input.MatchUnreadable'),
})
scenario('retries a busy host on a Pages site', {
  // How often it is tried depends on the speed of the machine.
  unrecorded: true,
  inputs: { 'wait-for': 'deployed' },
  prepare: (world) => {
    Object.assign(zoneOf(world), { readable: false, type: 'pages' })
    busyFor(world, 'www.example.com', 2000)
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})

const byName = { 'zone-id': '', 'zone-name': 'Example.COM.' }
scenario('finds the site by its name', {
  bodies: true,
  inputs: byName,
  check: (run) => expect(documentOf(run).sites).toMatchObject([{ zoneId: 'zone-2fgd17m17xw' }]),
})
scenario('finds the site by its name with API version 2022-01-06', {
  bodies: true,
  inputs: { ...byName, 'api-version': '2022-01-06' },
})
scenario('lists the sites when none has the name', {
  inputs: { 'zone-id': '', 'zone-name': 'exmaple.com' },
  check: ({ outputs }) => expect(outputs['error-message']).toContain('zone-2fgd17m17xw'),
})
scenario('refuses a name that two sites have, not counting one without a plan', {
  inputs: byName,
  prepare: ({ state }) => {
    state.zones.set('zone-second', newZone({ id: 'zone-second', name: 'example.com', alias: 'blue' }))
    state.zones.set('zone-third', newZone({ id: 'zone-third', name: 'example.com', status: 'initializing' }))
  },
  check: ({ outputs }) => {
    expect(outputs['error-code']).toBe('Input.ZoneName')
    expect(outputs['error-message']).toContain('zone-second')
    expect(outputs['error-message']).not.toContain('zone-third')
  },
})
scenario('refuses a site that is locked', {
  inputs: byName,
  prepare: (world) => {
    zoneOf(world).lock = 'plan_migrate'
  },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Input.ZoneLocked'),
})

scenario('finds a host whose name EdgeOne lists in Unicode', {
  inputs: { hosts: 'bücher.example.com', match: 'exact' },
  prepare: ({ state }) => {
    state.unicodeNames = true
  },
  check: ({ outputs }) => expect(outputs).toMatchObject({ 'changed-hosts': '["xn--bcher-kva.example.com"]' }),
})
scenario('reads a site of three hosts twice at most, whatever number of hosts EdgeOne states', {
  inputs: { hosts: '**', match: 'pattern' },
  prepare: ({ state }) => {
    state.hostCount = 1000
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['changed-count']).toBe('3')
    // Before the change, and when it is accepted.
    expect(state.counts.get('DescribeAccelerationDomains')).toBeLessThanOrEqual(4)
  },
})
scenario('leaves hosts on a free certificate alone when the certificate selects the hosts', {
  whole: true,
  inputs: { hosts: '', match: 'certificate' },
  prepare: (world) =>
    setHosts(world, { 'a.example.com': {}, 'b.example.com': { mode: 'eofreecert', certificates: [] } }),
  check: ({ outputs, stdout }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-hosts': '["a.example.com"]' })
    expect(stdout).toContain('::notice title=Hosts::Left alone')
  },
})
scenario('takes a host off a free certificate when a pattern names it', {
  inputs: { hosts: 'b.example.com', match: 'certificate' },
  prepare: (world) =>
    setHosts(world, { 'a.example.com': {}, 'b.example.com': { mode: 'eofreecert', certificates: [] } }),
  check: ({ outputs }) => expect(outputs).toMatchObject({ 'changed-hosts': '["b.example.com"]' }),
})
