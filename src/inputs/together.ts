import type { SiteOptions } from '../model/spec.ts'
import type { Entry } from '../model/task.ts'
import { inBoth } from '../util/language.ts'
import { countOfIds, quote, type Reader } from './reader.ts'

interface Combined extends Pick<Entry, 'zones' | 'source'> {
  readonly options: Pick<SiteOptions, 'apiVersion' | 'selection'>
}

/** Checks combinations of inputs. */
export const checkTogether = (reader: Reader, entry: Combined): void => {
  checkMatch(reader, entry)
  const { get, wrong } = reader
  const { zones, options, source } = entry
  const isOlder = options.apiVersion === '2022-01-06'
  if (source.kind === 'mode' && isOlder) {
    wrong('mode', quote(get('mode')), {
      en: 'sslcert: api-version 2022-01-06 has no modes',
      zh: 'sslcert：api-version 2022-01-06 不支持 mode',
    })
  }
  if (zones.by === 'certificate' && source.kind !== 'pem-text' && source.kind !== 'ids') {
    wrong('zone-name', inBoth('auto'), {
      en: 'names of sites: auto needs a certificate that is given as PEM or by its ID',
      zh: '站点名称：auto 需要以 PEM 或证书 ID 提供的证书',
    })
  }
  if (zones.by === 'id' && zones.ids.length > 1 && options.selection.match === 'exact' && isOlder) {
    wrong('zone-id', countOfIds(zones.ids), {
      en: 'the names of the sites in zone-name: api-version 2022-01-06 does not find sites by ID',
      zh: '在 zone-name 中填写的站点名称：api-version 2022-01-06 不支持按 ID 查找站点',
    })
  }
}

/** Checks whether the hosts can be selected by the certificate. */
const checkMatch = ({ get, wrong }: Reader, { options, source }: Combined): void => {
  const {
    apiVersion,
    selection: { match },
  } = options
  // `zone-name: auto` alone is at fault if nobody asked for this selection.
  if (match !== 'certificate' || get('match') === '') return
  const seen = inBoth('certificate')
  if (source.kind === 'mode') {
    wrong('match', seen, {
      en: `exact or pattern: mode ${source.mode} provides no certificate names`,
      zh: `exact 或 pattern：mode ${source.mode} 没有可供匹配的证书域名`,
    })
  }
  if (source.kind === 'newest') {
    wrong('match', seen, {
      en: 'exact or pattern: with cert-id: newest, the hosts select the certificate',
      zh: 'exact 或 pattern：使用 cert-id: newest 时，由域名决定证书',
    })
  }
  if (apiVersion === '2022-01-06' && source.kind === 'default' && get('cert-id') !== '') {
    wrong('match', seen, {
      en: 'exact or pattern: api-version 2022-01-06 does not return the names of the default certificate',
      zh: 'exact 或 pattern：api-version 2022-01-06 不返回默认证书的域名',
    })
  }
}
