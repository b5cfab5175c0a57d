// The floor: two signed POSTs by node:https (read the host, bind).
import { bind } from './bare.ts'

await bind(Promise.resolve(true))
