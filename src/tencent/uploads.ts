import { textOf } from '../util/json.ts'
import type { Api, Body } from './api.ts'
import type { Answer } from './response.ts'

/** The certificates that a client has uploaded: EdgeOne may not know them at once. */
export interface Uploads {
  /** Looks for an uploaded certificate in an answer. */
  readonly see: (api: Api, answer: Answer) => void
  /** Milliseconds since a certificate that a call names was uploaded; `Infinity` if it names none. */
  readonly since: (body: Body) => number
}

export const uploadsOf = (now: () => number): Uploads => {
  const times = new Map<string, number>()
  return {
    see: ({ action }, { response }) => {
      const id = textOf(response['CertificateId']) ?? textOf(response['RepeatCertId'])
      if (action === 'UploadCertificate' && id !== undefined) times.set(id, now())
    },
    since: (body) => {
      if (times.size === 0) return Infinity
      const text = JSON.stringify(body)
      const named = [...times].filter(([id]) => text.includes(JSON.stringify(id)))
      return Math.min(...named.map(([, at]) => now() - at))
    },
  }
}
