import { type ApiVersion, idsOf, type Setting } from '../model/setting.ts'

/** Quotes any text as one word of a POSIX shell (POSIX.1-2024, Shell Command Language §2.2.2), because users paste it. */
const word = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** The shell command that binds a setting to a host by hand, with Tencent Cloud's command-line tool. */
export const commandFor = (zoneId: string, host: string, setting: Setting, version: ApiVersion): string => {
  const info = word(JSON.stringify(idsOf(setting).map((CertId) => ({ CertId }))))
  const call = `tccli teo ModifyHostsCertificate --ZoneId ${word(zoneId)} --Hosts ${word(JSON.stringify([host]))}`
  const { mode } = setting
  if (version === '2022-01-06') return `${call} --version 2022-01-06${mode === 'default' ? '' : ` --CertInfo ${info}`}`
  return `${call} --Mode ${word(mode)}${mode === 'sslcert' ? ` --ServerCertInfo ${info}` : ''}`
}
