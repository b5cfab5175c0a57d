// As sdk-teo-ssl.ts, with the upload beside the reading.
import { ssl } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ssl/index.js'
import { teo } from 'tencentcloud-sdk-nodejs/tencentcloud/services/teo/index.js'
import { uploadWhileReading } from './sdk.ts'

await uploadWhileReading(teo.v20220901.Client, ssl.v20191205.Client)
