// (c) The official SDK's package for TEO, with @actions/core.
import * as core from '@actions/core'
import { teo } from 'tencentcloud-sdk-nodejs-teo'
import { bind } from './sdk.ts'

core.setOutput('request-id', await bind(teo.v20220901.Client))
