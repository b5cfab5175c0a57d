import type { Answer } from '../../src/cloud/answer.ts'
import type { Api, Body } from '../../src/cloud/api.ts'
import type { Call } from '../../src/cloud/call.ts'

/** A client for a service that gives these answers. */
export const answering =
  (service: (api: Api, body: Body) => Promise<Answer>): Call =>
  async (api, body, read) =>
    read(await service(api, body))
