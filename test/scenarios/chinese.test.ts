import { expect } from 'vitest'
import { inputs, type Scene, scenes } from '../support/scenes.ts'
import { scenario } from './scenario.ts'

// The runs of test/scenarios/summary.test.ts with `language: zh-CN`.

const headings: Readonly<Record<keyof typeof scenes, string>> = {
  changed: '✅ 证书已部署到 2 个域名',
  unchanged: '✅ 1 个域名已使用该证书，无需修改',
  failed: '❌ 3 个域名中有 1 个失败：`shop.example.com`，配置已锁定',
  'dry run': '📝 试运行：3 个域名中有 2 个将修改',
  'rolled back': '↩️ 3 个域名中有 1 个已回滚：`www.example.com`，证书未生效',
  'many sites': '❌ 4 个站点中有 1 个失败：`zone-2fgd17m17xw`，配置已锁定',
  'wrong inputs': '❌ 未修改任何域名：输入参数有 4 处问题',
}

for (const [name, heading] of Object.entries(headings)) {
  const scene: Scene | undefined = Object.entries(scenes).find(([one]) => one === name)?.[1]
  scenario(name, {
    inputs: { ...inputs, ...scene?.inputs, 'wait-for': scene?.inputs['wait-for'] ?? 'deployed', language: 'zh-CN' },
    prepare: (world) => scene?.prepare(world),
    whole: true,
    // Sites are worked on side by side, so their order differs from run to run.
    unrecorded: name === 'many sites',
    check: ({ stdout, summary }) => {
      expect(summary.split('\n')[0]).toBe(`## ${heading}`)
      // The log is the same in both languages, but for its annotations.
      const log = stdout.split('\n').filter((line) => !/^::(error|warning|notice) /.test(line))
      expect(log.filter((line) => /\p{sc=Han}/u.test(line))).toEqual([])
    },
  })
}
