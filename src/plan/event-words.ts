import type { CertificateEvent, KeptBecause } from '../model/certificate-event.ts'
import { faultText } from '../model/problem.ts'
import { spaced, type Text } from '../util/language.ts'
import { listed } from '../util/text.ts'

const keptBecause: Readonly<Record<KeptBecause, Text>> = {
  'not-uploaded': { en: 'they were not uploaded', zh: '不是上传的证书' },
  'not-replaced': { en: 'no certificate of the same algorithm replaced them', zh: '没有被同算法的证书替换' },
  'not-covered': {
    en: 'the new certificate does not cover all of their names',
    zh: '新证书未覆盖其全部域名',
  },
  'names-unknown': {
    en: 'their names could not be compared with those of the new certificate',
    zh: '无法将其域名与新证书的域名比对',
  },
  'still-bound': { en: 'hosts of the site still have them', zh: '站点中仍有域名使用' },
  'bound-elsewhere': {
    en: 'SSL Certificate Service reports that they are still bound',
    zh: 'SSL 证书服务显示仍绑定了资源',
  },
  'inventory-unknown': {
    en: 'SSL Certificate Service did not report what they are bound to',
    zh: 'SSL 证书服务未返回其绑定的资源',
  },
  'site-unreadable': {
    en: 'the hosts of the site cannot be read, so nothing was verified',
    zh: '无法读取站点的域名，因此未做任何验证',
  },
}

const idList = (ids: readonly string[]): Text => listed(ids, 10)

/** What was done with a certificate, as a line. */
export const certificateEventLine = (event: CertificateEvent): Text => {
  switch (event.kind) {
    case 'uploaded':
    case 'reused':
    case 'would-upload':
    case 'upload-unknown':
      return uploadLine(event)
    case 'kept':
      return keptLine(event)
    case 'muted':
    case 'mute-unknown':
    case 'deleted':
    case 'would-retire':
    case 'not-retired':
    case 'not-deleted':
    case 'deletion-unknown':
      return retiredLine(event)
    default:
      return event satisfies never
  }
}

type OfKind<K extends CertificateEvent['kind']> = Extract<CertificateEvent, { readonly kind: K }>
type UploadLine = OfKind<'uploaded' | 'reused' | 'would-upload' | 'upload-unknown'>

const uploadLine = (event: UploadLine): Text => {
  switch (event.kind) {
    case 'uploaded': {
      const { id, alias } = event
      return event.isPerhapsReused
        ? {
            en: `Uploaded as ${id}, unless it was there already: ${alias}`,
            zh: `已上传为 ${id}（也可能此前已存在）：${alias}`,
          }
        : { en: `Uploaded as ${id}: ${alias}`, zh: `已上传为 ${id}：${alias}` }
    }
    case 'reused':
      return {
        en: `Already uploaded as ${event.id}: ${event.subject}. It is used with the chain of that upload.`,
        zh: `此前已上传为 ${event.id}：${event.subject}。将使用该次上传的证书链。`,
      }
    case 'would-upload':
      return { en: `Would be uploaded: ${event.subject}`, zh: `将会上传：${event.subject}` }
    case 'upload-unknown':
      return {
        en: `The upload of the certificate for ${event.subject} was sent, and its outcome is unknown: ${event.why.en}`,
        zh: `已发送 ${event.subject} 的证书上传请求，结果未知：${event.why.zh}`,
      }
    default:
      return event satisfies never
  }
}

const keptLine = ({ ids, why, detail }: OfKind<'kept'>): Text => {
  const which = ids.length === 0 ? { en: 'all', zh: '全部' } : idList(ids)
  const because = keptBecause[why]
  return {
    en: `Old certificates kept, because ${because.en}${detail === undefined ? '' : ` (${detail.en})`}: ${which.en}`,
    zh: `${spaced('保留旧证书，因为', because.zh)}${detail === undefined ? '' : `（${detail.zh}）`}：${which.zh}`,
  }
}

const retiredLine = (event: Exclude<CertificateEvent, UploadLine | OfKind<'kept'>>): Text => {
  switch (event.kind) {
    case 'muted': {
      const { en, zh } = idList(event.ids)
      return { en: `Expiry notifications switched off for ${en}`, zh: `已关闭以下证书的到期提醒：${zh}` }
    }
    case 'mute-unknown': {
      const { en, zh } = idList(event.ids)
      return {
        en: `Switching off the expiry notifications for ${en} was requested, and its outcome is unknown: ${event.why.en}`,
        zh: `已请求关闭 ${zh} 的到期提醒，结果未知：${event.why.zh}`,
      }
    }
    case 'deleted':
      return { en: `Deleted ${event.id}`, zh: `已删除 ${event.id}` }
    case 'would-retire': {
      const { en, zh } = idList(event.ids)
      return event.how === 'mute'
        ? { en: `Expiry notifications would be switched off for ${en}`, zh: `将会关闭以下证书的到期提醒：${zh}` }
        : { en: `Would be deleted: ${en}`, zh: `将会删除：${zh}` }
    }
    case 'not-retired': {
      const ids = event.ids.length === 0 ? { en: 'Old certificates', zh: '旧证书' } : idList(event.ids)
      const fault = faultText(event.problem)
      return { en: `${ids.en} not changed: ${fault.en}`, zh: `${spaced('未处理', ids.zh)}：${fault.zh}` }
    }
    case 'not-deleted':
      return { en: `${event.id} was not deleted: ${event.why.en}`, zh: `未删除 ${event.id}：${event.why.zh}` }
    case 'deletion-unknown':
      return {
        en: `The deletion of ${event.id} was requested, and its outcome is unknown: ${event.why.en}`,
        zh: `已请求删除 ${event.id}，结果未知：${event.why.zh}`,
      }
    default:
      return event satisfies never
  }
}
