import type { Retry } from './types.ts'

// What many rows have in common.

export const throttled: Retry = { why: 'too many requests in one second', budget: 'deadline' }
export const busy: Retry = { why: 'an earlier change is still in progress', budget: 'deadline' }
export const serviceFault: Retry = { why: 'an error inside the service', budget: 'bounded' }
/** For a certificate that EdgeOne does not know yet. */
export const afterUpload: Retry = {
  why: 'EdgeOne may not know the uploaded certificate yet',
  budget: 'deadline',
  only: 'for two minutes after an upload',
}

export const retriedToDeadline = 'The step retries this until `wait-minutes` ends.'
export const retriedBriefly = 'The step retries this a few times. If it still fails, run the job again later'
export const ticket = 'open a ticket with Tencent Cloud and give the RequestId'
