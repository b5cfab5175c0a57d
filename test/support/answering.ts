import type { Api, Body } from '../../src/tencent/api.ts'
import type { Call } from '../../src/tencent/client.ts'
import type { Answer } from '../../src/tencent/response.ts'

/** A client for a service that returns these answers. */
export const answering =
  (service: (api: Api, body: Body) => Promise<Answer>): Call =>
  async (api, body, read) =>
    read(await service(api, body))
