// (d) The whole official SDK, with @actions/core.
import * as core from '@actions/core'
import tencentcloud from 'tencentcloud-sdk-nodejs'
import { bind } from './sdk.ts'

core.setOutput('request-id', await bind(tencentcloud.teo.v20220901.Client))
