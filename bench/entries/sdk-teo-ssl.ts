// TEO and SSL of the official SDK, from PEM. Each is what the package of that service holds.
import { ssl } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ssl/index.js'
import { teo } from 'tencentcloud-sdk-nodejs/tencentcloud/services/teo/index.js'
import { uploadAndBind } from './sdk.ts'

await uploadAndBind(teo.v20220901.Client, ssl.v20191205.Client)
