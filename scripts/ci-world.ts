import { appendFileSync } from 'node:fs'
import { key, startWorld } from '../test/world/world.ts'

// Runs the test world for the other steps of a CI job, until the job ends. The outputs of its own step say how to reach it.
const file = process.env['GITHUB_OUTPUT']
if (file === undefined) throw new Error('GITHUB_OUTPUT is not set')
const { proxy, rootFile } = await startWorld()
const outputs = { proxy, 'root-file': rootFile, 'secret-id': key.secretId, 'secret-key': key.secretKey, ready: 'true' }
appendFileSync(
  file,
  Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
)
