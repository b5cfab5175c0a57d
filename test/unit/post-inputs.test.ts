import { expect, test } from 'vitest'
import { parseManifest } from '../../src/inputs/manifest.ts'
import { postInputs } from '../../src/inputs/posts.ts'
import { envWith } from '../support/inputs.ts'

const asked = { 'comment-on-pull-request': 'true', 'github-token': ' ghs_x\n' }

test('a comment is asked for by the inputs of the step, with a token and a share', () => {
  expect(postInputs(envWith({ ...asked, shard: '2/4' }))).toEqual({
    ...{ comment: true, issue: false, token: 'ghs_x', share: '2/4' },
  })
  expect(postInputs(envWith({ 'comment-on-pull-request': 'TRUE' }))).toEqual({
    ...{ comment: true, issue: false, token: '', share: '' },
  })
})

test.each(['', 'false', 'maybe'])('no comment is asked for by %j', (value) =>
  expect(postInputs(envWith({ ...asked, 'comment-on-pull-request': value }))).toBeUndefined(),
)

test('an issue is asked for by an input of the audit', () =>
  expect(postInputs(envWith({ 'open-issue': 'true' }))).toEqual({ comment: false, issue: true, token: '', share: '' }))

const manifest = (text: string, value = 'true') => {
  const ofStep = { 'zone-id': '', hosts: '', 'cert-id': '', 'comment-on-pull-request': value }
  return parseManifest(envWith(ofStep), { text, file: 'm.yml' }, () => {})
}
const sites = 'sites: [{ zone-name: example.com, hosts: a.example.com, cert-id: J2JqATrt }]'

test('beside a manifest, the step says whether it comments, and no site does', () => {
  expect(manifest(sites).accounts).toHaveLength(1)
  expect(() => manifest(sites, 'maybe')).toThrow('comment-on-pull-request: got “maybe”; expected true or false.')
  for (const key of ['comment-on-pull-request: true', 'github-token: x'])
    expect(() => manifest(`defaults: { ${key} }\n${sites}`)).toThrow('m.yml:1:13')
})
