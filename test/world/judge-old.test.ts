import http from 'node:http'
import net from 'node:net'
import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { key, startWorld, type World } from './world.ts'

// The official SDK against what the world says of bindings, orders, and hosts that may not be listed.
let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world[Symbol.asyncDispose]())

const ZoneId = 'zone-2fgd17m17xw'
const client = (host: string, version: string) => {
  const agent = new http.Agent()
  agent.createConnection = () => net.connect(world.plainPort, '127.0.0.1')
  const profile = { httpProfile: { protocol: 'http://' as const, agent } }
  return new CommonClient(`${host}.tencentcloudapi.com`, version, { credential: key, profile })
}
const ssl = (action: string, body: object, site = '') => client(`ssl${site}`, '2019-12-05').request(action, body)
const teo = (action: string, body: object) => client('teo', '2022-09-01').request(action, body)
const zone = () => {
  const found = world.state.zones.get(ZoneId)
  if (!found) throw new Error('no zone')
  return found
}
const certificate = (id: string) => {
  const found = world.state.certificates.get(id)
  if (!found) throw new Error('no certificate')
  return found
}

test.each(['', '.intl'])('the SDK asks the inventory of bindings on the site “%s”', async (site) => {
  certificate('oldEcc01').elsewhere = { clb: 2 }
  const ask = (CertificateIds: string[]) =>
    ssl('CreateCertificateBindResourceSyncTask', { CertificateIds, IsCache: 0 }, site)
  const { CertTaskIds } = await ask(['oldRsa01', 'oldEcc01', 'unknown1'])
  expect(CertTaskIds).toEqual([
    { CertId: 'oldRsa01', TaskId: '2001' },
    { CertId: 'oldEcc01', TaskId: '2002' },
  ])
  const result = () => ssl('DescribeCertificateBindResourceTaskResult', { TaskIds: ['2001', '2002'] }, site)
  expect(await result()).toMatchObject({ SyncTaskBindResourceResult: [{ Status: 0 }, { Status: 0 }] })
  const of = (ResourceType: string, TotalCount: number) => ({
    ResourceType,
    BindResourceRegionResult: [{ TotalCount }],
  })
  expect(await result()).toMatchObject({
    SyncTaskBindResourceResult: [
      { TaskId: '2001', Status: 1, BindResourceResult: [of('clb', 0), of('teo', 3)] },
      { TaskId: '2002', Status: 1, BindResourceResult: [of('clb', 2), of('teo', 0)] },
    ],
  })
  world.state.inventoryStatus = 2
  expect(await result()).toMatchObject({
    SyncTaskBindResourceResult: [{ Status: 2, Error: { Code: expect.any(String) } }, {}],
  })
  world.state.inventoryRefused = ['AuthFailure.UnauthorizedOperation', 'x']
  await expect(ask(['oldRsa01'])).rejects.toMatchObject({ code: 'AuthFailure.UnauthorizedOperation' })
  await expect(ssl('DescribeCertificateBindResourceTaskResult', { TaskIds: ['9'] }, site)).rejects.toMatchObject({
    code: 'FailedOperation',
  })
})

test('the SDK follows a deletion on the international site, where it can be followed', async () => {
  Object.assign(world.state, { tasksAbroad: true, unlistedTasks: 1 })
  const { TaskId, DeleteResult } = await ssl(
    'DeleteCertificate',
    { CertificateId: 'oldEcc01', IsCheckResource: true },
    '.intl',
  )
  expect(DeleteResult).toBe(false)
  const result = () => ssl('DescribeDeleteCertificatesTaskResult', { TaskIds: [TaskId] }, '.intl')
  expect(await result()).toMatchObject({ DeleteTaskResult: [] })
  expect(await result()).toMatchObject({ DeleteTaskResult: [{ Status: 0 }] })
  expect(await result()).toMatchObject({ DeleteTaskResult: [{ Status: 1 }] })
  expect(world.state.certificates.has('oldEcc01')).toBe(false)
})

test('the SDK refuses to delete what another product has', async () => {
  certificate('oldEcc01').elsewhere = { cdn: 1 }
  const { CertTaskIds } = await ssl('DeleteCertificates', { CertificateIds: ['oldEcc01'], IsSync: true })
  const result = () => ssl('DescribeDeleteCertificatesTaskResult', { TaskIds: [CertTaskIds[0].TaskId] })
  await result()
  expect(await result()).toMatchObject({ DeleteTaskResult: [{ Status: 4 }] })
})

test('the SDK reads orders and names, as far as they are given', async () => {
  const names = { Domain: 'example.com', SubjectAltName: [], CertSANs: ['www.example.com'] }
  Object.assign(certificate('J2JqATrt'), { status: 10, deployable: false, kind: 'CA', listedNames: names })
  world.state.muted.add('J2JqATrt')
  const read = () => ssl('DescribeCertificates', { CertIds: ['J2JqATrt'] })
  const order = { Status: 10, Deployable: false, CertificateType: 'CA', IsIgnore: true }
  expect(await read()).toMatchObject({ Certificates: [{ ...names, ...order }] })
  world.state.withoutFields = Object.keys(order)
  const [item] = (await read()).Certificates
  for (const field of Object.keys(order)) expect(item).not.toHaveProperty(field)
})

test('the SDK reads the certificates of hosts that may not be listed', async () => {
  Object.assign(zone(), { readable: false })
  const read = (more: object = {}) => teo('DescribeHostCertificates', { ZoneId, ...more })
  await expect(read()).rejects.toMatchObject({ code: 'UnauthorizedOperation' })
  zone().certificatesReadable = true
  await expect(teo('DescribeAccelerationDomains', { ZoneId })).rejects.toMatchObject({ code: 'UnauthorizedOperation' })
  const answer = await read()
  expect(answer).toMatchObject({
    TotalCount: 3,
    HostCertificates: [
      {
        Host: 'api.example.com',
        Mode: 'sslcert',
        HostCertInfo: [{ CertId: 'oldRsa01', SignAlgo: 'RSA 2048' }],
        ServerCertInfo: [{ CertId: 'oldRsa01' }],
      },
      {},
      {},
    ],
  })
  expect(answer.HostCertificates[0]).not.toHaveProperty('DomainStatus')
  await expect(read({ Limit: 10 })).rejects.toMatchObject({ code: 'UnknownParameter' })
})

test('the SDK is told that a certificate is about to expire', async () => {
  Object.assign(certificate('J2JqATrt'), { notAfter: new Date(Date.now() + 60_000) })
  const change = { ZoneId, Hosts: ['www.example.com'], Mode: 'sslcert', ServerCertInfo: [{ CertId: 'J2JqATrt' }] }
  await expect(teo('ModifyHostsCertificate', change)).rejects.toMatchObject({ code: 'InvalidParameter.CertToExpire' })
  world.state.leastValidMs = 0
  await teo('ModifyHostsCertificate', change)
})
