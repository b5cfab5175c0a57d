import { expect } from 'vitest'
import { scenario } from './scenario.ts'

scenario('tells a maintainer about the machine and about each call, and no secret', {
  // Node and the machine differ from run to run.
  unrecorded: true,
  inputs: { hosts: 'www.example.com' },
  env: ({ proxy }) => ({ RUNNER_DEBUG: '1', HTTPS_PROXY: proxy.replace('//', '//user:proxy-password-1@') }),
  check: ({ stdout }) => {
    const lines = stdout.split('\n').filter((line) => line.startsWith('::debug::'))
    expect(lines[0]).toMatch(
      /^::debug::EdgeOne certificate \d+\.\d+\.\d+ on Node v\d+\.\d+\.\d+, \w+ \w+; teo\.tencentcloudapi\.com through the proxy http:\/\/127\.0\.0\.1:\d+, with a user and password$/,
    )
    expect(lines).toContainEqual(
      expect.stringMatching(/^::debug::ModifyHostsCertificate: HTTP 200, ok, \d+\.\d s, RequestId: [\da-f-]{36}$/),
    )
    expect(lines).toContainEqual(expect.stringMatching(/^::debug::ModifyHostsCertificate: 1 attempt in \d+\.\d s$/))
    expect(stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('proxy-password-1')
  },
})

scenario('says nothing of it without RUNNER_DEBUG', {
  unrecorded: true,
  inputs: { hosts: 'www.example.com' },
  check: ({ stdout }) => expect(stdout).not.toContain('::debug::'),
})
