// The official SDK's package for TEO, by ID.
import { teo } from 'tencentcloud-sdk-nodejs-teo'
import { bind } from './sdk.ts'

await bind(teo.v20220901.Client)
