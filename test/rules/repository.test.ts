import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { following, formerSlugs, releaseProblem, slug, slugOf } from '../../scripts/repository.ts'

const root = join(import.meta.dirname, '../..')

test('package.json says where the repository is, as owner and name', () => {
  expect(slugOf('{"repository":"github:octo-org/cert.tool"}')).toBe('octo-org/cert.tool')
  expect(() => slugOf('{"repository":"https://github.com/octo-org/cert"}')).toThrow('github:<owner>/<name>')
  expect(() => slugOf('{}')).toThrow('github:<owner>/<name>')
})

test('documents follow a new owner and name, whatever they were called before', () => {
  const texts = [
    'uses: OWNER/edgeone-certificate@v1',
    'uses: old-org/tls/audit@v2 # and gh attestation verify --repo old-org/tls, https://github.com/old-org/tls/issues',
    'uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
    '/dist/ @OWNER',
    'old-org/tls-tools, my-old-org/tls, old-org/tls.js and old-org/tls.',
  ]
  const former = formerSlugs(texts, 'octo-org/cert')
  expect(former).toEqual(['OWNER/edgeone-certificate', 'old-org/tls'])
  expect(texts.map((text) => following(text, former, 'octo-org/cert'))).toEqual([
    'uses: octo-org/cert@v1',
    'uses: octo-org/cert/audit@v2 # and gh attestation verify --repo octo-org/cert, https://github.com/octo-org/cert/issues',
    'uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
    '/dist/ @octo-org',
    'old-org/tls-tools, my-old-org/tls, old-org/tls.js and octo-org/cert.',
  ])
})

test('all files of this repository follow package.json', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/repository.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

test('a release fails with a placeholder, and in another repository', () => {
  expect(releaseProblem('OWNER/edgeone-certificate', 'octo-org/cert')).toContain('placeholder')
  expect(releaseProblem('octo-org/cert', 'fork/cert')).toContain('runs in fork/cert')
  expect(releaseProblem('octo-org/cert', 'octo-org/cert')).toBeUndefined()
  const release = (running: string) =>
    spawnSync(process.execPath, ['scripts/repository.ts', '--release'], {
      cwd: root,
      env: { ...process.env, GITHUB_REPOSITORY: running },
    }).status
  expect(release('fork/cert')).toBe(1)
  expect(release(slug)).toBe(slug.startsWith('OWNER/') ? 1 : 0)
})
