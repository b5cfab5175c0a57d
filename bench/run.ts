import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOf, composition } from './composition.ts'
import { buildContenders } from './contenders.ts'
import { measureAll } from './measure.ts'
import { root } from './process.ts'
import { report } from './report.ts'

// npm run bench: whole processes side by side; the tables go to bench/README.md.
// `node bench/run.ts [ROUNDS] [ROUNDS WITH DELAY]`

const rounds = Number(process.argv[2] ?? 61)
const delayRounds = Number(process.argv[3] ?? 5)

const contenders = buildContenders()
const parts = composition()
const archive = spawnSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd: root, maxBuffer: 1 << 28 }).stdout
const measured = await measureAll(contenders, rounds, delayRounds)
const sizes = { parts, dist: bytesOf(join(root, 'dist')), archive: archive.length }
const text = report({ rounds, delayRounds, contenders, ...measured, ...sizes })
console.log(text)

const readme = join(root, 'bench/README.md')
const old = readFileSync(readme, 'utf8')
// Written by bench/scale.ts and by hand.
const scale = /<!-- scale -->[\s\S]*<!-- \/scale -->/.exec(old)?.[0] ?? '<!-- scale -->\n<!-- /scale -->'
const notes = old.split('<!-- notes -->')[1] ?? '\n'
writeFileSync(readme, `${text}\n${scale}\n\n<!-- notes -->${notes}`)
