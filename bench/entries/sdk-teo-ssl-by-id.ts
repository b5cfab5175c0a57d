// TEO and SSL of the official SDK, by ID, with the calls that this action makes.
import { ssl } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ssl/index.js'
import { teo } from 'tencentcloud-sdk-nodejs/tencentcloud/services/teo/index.js'
import { bindChecked } from './sdk.ts'

await bindChecked(teo.v20220901.Client, ssl.v20191205.Client)
