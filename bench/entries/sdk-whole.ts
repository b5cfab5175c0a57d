// The whole official SDK, by ID or from PEM.
import * as core from '@actions/core'
import tencentcloud from 'tencentcloud-sdk-nodejs'
import { bind, uploadAndBind } from './sdk.ts'

const Teo = tencentcloud.teo.v20220901.Client
await (core.getInput('certificate') === '' ? bind(Teo) : uploadAndBind(Teo, tencentcloud.ssl.v20191205.Client))
