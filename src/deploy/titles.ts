import type { Text } from '../util/language.ts'

/** Titles of warnings and notices. */
export const titles = {
  certificates: { en: 'Certificates', zh: '证书' },
  hosts: { en: 'Hosts', zh: '域名' },
  noHosts: { en: 'No hosts', zh: '没有域名' },
  notTrusted: { en: 'Not trusted', zh: '证书不受信任' },
  oldCertificates: { en: 'Old certificates', zh: '旧证书' },
  rollback: { en: 'Rollback', zh: '回滚' },
  upload: { en: 'Upload', zh: '上传' },
} as const satisfies Record<string, Text>

/** The subject of the message at its deadline. */
export const lastReading: Text = { en: 'The last reading', zh: '最后一次读取' }
