import { appendFileSync } from 'node:fs'
import { key, startWorld } from '../test/world/world.ts'

// The test world beside the steps of a CI job: says in the outputs of its own step how to reach it, and runs until the job ends.
const file = process.env['GITHUB_OUTPUT']
if (file === undefined) throw new Error('GITHUB_OUTPUT names no file')
const { proxy, rootFile } = await startWorld()
const outputs = { proxy, 'root-file': rootFile, 'secret-id': key.secretId, 'secret-key': key.secretKey, ready: 'true' }
appendFileSync(
  file,
  Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
)
