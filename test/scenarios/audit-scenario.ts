import { expect } from 'vitest'
import { auditInputs } from '../support/scenes.ts'
import { auditDigest } from '../world/audit-document.ts'
import { auditBundle, auditEntries, auditSource, type Entry } from '../world/runner.ts'
import { type Certificate, type Host, newCertificate } from '../world/state.ts'
import { transcript } from '../world/transcript.ts'
import type { World } from '../world/world.ts'
import { scenarioOf, schemaCheck, type Tested } from './scenario.ts'
import { bound, setHosts } from './zone.ts'

/** All that an audit may call: it only reads, and signs in. */
export const auditActions: readonly string[] = [
  'DescribeZones',
  'DescribeAccelerationDomains',
  'DescribeHostCertificates',
  'DescribeHostsCertificate',
  'DescribeCertificates',
  'AssumeRole',
  'AssumeRoleWithWebIdentity',
  'GetCallerIdentity',
]

const checkResult = schemaCheck('audit.schema.json')

const expectContract: Tested['expectContract'] = (run, { state }) => {
  expect(state.requests.map(({ action }) => action).filter((action) => !auditActions.includes(action))).toEqual([])
  expect(run.exitCode).toBe(run.outputs['ok'] === 'true' ? 0 : 1)
  checkResult(run.document)
}

/** The dates of the certificates are relative to the day of the run. Versions of the API are older. */
const undated = (text: string): string =>
  text
    .replaceAll('&NoBreak;', '')
    .replaceAll('&nbsp;', ' ')
    .replace(/\b20(?:2[3-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/\b20(?:2[3-9]|[3-9]\d)-\d\d-\d\d\b/g, 'DATE')
    // Sites are read side by side.
    .replace(/\b5ca1ab1e-[\d-]+/g, '5ca1ab1e-…')
    .replace(/\b[\d,]+ days?\b/g, 'N days')
    .replace(/[\d,]+ 天/g, 'N 天')

const auditOn = (entries: readonly Entry[]) =>
  scenarioOf({
    entries,
    good: auditInputs,
    expectContract,
    // Handshakes run side by side.
    record: (run, requests, tunnels, detail) =>
      undated(transcript(run, requests, tunnels.toSorted(), detail, auditDigest)),
  })

/** A scenario of the audit. */
export const auditScenario = auditOn(auditEntries)

/** One that always starts the sources, too. */
export const auditScenarioOnBoth = auditOn([auditSource, auditBundle])

const day = 86_400_000

/** A certificate that ends in so many days, and half a day; negative: that ended so many days ago. */
export const ending = (world: World, id: string, days: number, more: Partial<Certificate> = {}): string => {
  const notAfter = new Date(Date.now() + (days + Math.sign(days) / 2) * day)
  const notBefore = new Date(notAfter.getTime() - 90 * day)
  world.state.certificates.set(id, newCertificate({ id, notBefore, notAfter, ...more }))
  return id
}

const isList = (host: readonly string[] | Partial<Host>): host is readonly string[] => Array.isArray(host)

/** The hosts of the site, each with these certificates, which are deployed. */
export const having = (world: World, hosts: Readonly<Record<string, readonly string[] | Partial<Host>>>): void => {
  const all = Object.entries(hosts).map(([name, host]) => [
    name,
    isList(host) ? { certificates: bound(...host) } : host,
  ])
  setHosts(world, Object.fromEntries(all))
}
