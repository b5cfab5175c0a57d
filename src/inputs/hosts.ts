import type { AuditZones } from '../model/audit.ts'
import { entries, type Mistake, parseHost, parsePattern } from '../model/hostname.ts'
import type { Selection, SiteOptions, Zones } from '../model/spec.ts'
import type { Text } from '../util/language.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'
import { nothing, quote, type Reader } from './reader.ts'

/** The word that means every site under which a name of the certificate lies. */
const auto = 'auto'

/** `zone-id` and `zone-name`: one of the two, with one or several sites. */
export const parseZones = (reader: Reader): Zones => {
  const zones = parseZoneList(reader, [auto])
  return 'word' in zones ? { by: 'certificate' } : zones
}

/** As `parseZones`, for the audit: `all`, or in a manifest `auto`, stands for every site of the account. */
export const parseAuditZones = (reader: Reader): AuditZones => {
  const zones = parseZoneList(reader, ['all', auto])
  return 'word' in zones ? { by: 'all' } : zones
}

type ZoneList = Exclude<Zones, { readonly by: 'certificate' }> | { readonly word: string }

/** `words`: what may stand in place of names. */
const parseZoneList = ({ get, wrong }: Reader, words: NonEmpty<string>): ZoneList => {
  const [ids, names] = [uniqueEntries(get('zone-id')), uniqueEntries(get('zone-name'))]
  for (const id of ids) {
    if (!/^zone-[0-9A-Za-z-]{1,64}$/.test(id))
      wrong('zone-id', quote(id), {
        en: 'a site ID from the EdgeOne console, such as zone-2fgd17m17xw',
        zh: 'EdgeOne 控制台中的站点 ID，例如 zone-2fgd17m17xw',
      })
  }
  if (ids.length > 0 && names.length > 0)
    wrong('zone-name', quote(get('zone-name')), {
      en: 'nothing: zone-id and zone-name exclude each other',
      zh: '空：zone-id 与 zone-name 不能同时使用',
    })
  if (ids.length === 0 && names.length === 0)
    wrong('zone-id', nothing, {
      en: 'a site ID such as zone-2fgd17m17xw, or the site’s name in zone-name',
      zh: '站点 ID（例如 zone-2fgd17m17xw），或在 zone-name 中填写站点名称',
    })
  if (isNonEmpty(ids)) return { by: 'id', ids }
  const word = words.find((one) => names.includes(one))
  if (word !== undefined) {
    if (names.length > 1)
      wrong('zone-name', quote(get('zone-name')), {
        en: `either names of sites or the word ${words[0]}`,
        zh: `站点名称或 ${words[0]}，二者之一`,
      })
    return { word }
  }
  const parsed = names.map((name) => {
    const host = parseHost(name)
    if (!('value' in host))
      wrong('zone-name', mistaken(name, host), {
        en: 'the name of a site, such as example.com',
        zh: '站点名称，例如 example.com',
      })
    return 'value' in host ? host.value : name
  })
  const [first = '', ...more] = new Set(parsed)
  return { by: 'name', names: [first, ...more] }
}

/** An entry, and what it is instead. */
const mistaken = (entry: string, { what }: Mistake): Text => {
  const { en, zh } = quote(entry)
  return { en: `${en}, ${what.en}`, zh: `${zh}（${what.zh}）` }
}

const uniqueEntries = (text: string): readonly string[] => [...new Set(entries(text))]

/** Takes the value of a parsed entry of `hosts`, or records what is wrong with it. */
export const entryReader =
  ({ wrong }: Reader) =>
  <T>(parsed: { readonly value: T } | Mistake, entry: string): T[] => {
    if ('value' in parsed) return [parsed.value]
    wrong('hosts', mistaken(entry, parsed), parsed.expected)
    return []
  }

/** `match`, `hosts` and `if-no-hosts`. With `zone-name: auto`, `match` is `certificate` unless it is given. The list may be empty only if the certificate selects the hosts, or if no host is needed. */
export const parseSelection = (reader: Reader, zones: Zones): Pick<SiteOptions, 'selection' | 'ifNoHosts'> => {
  const { get, wrong, choice } = reader
  const usual = zones.by === 'certificate' ? 'certificate' : 'exact'
  const match = get('match') === '' ? usual : choice('match')
  const ifNoHosts = choice('if-no-hosts')
  const text = get('hosts')
  const listed = [...new Set(entries(text))]
  if (listed.length === 0 && ifNoHosts === 'error' && match !== 'certificate') {
    const name = { en: 'at least one host name', zh: '至少一个域名' }
    wrong('hosts', quote(text), match === 'exact' ? name : { en: 'at least one pattern', zh: '至少一个通配规则' })
  }
  const read = entryReader(reader)
  if (match === 'exact') {
    const hosts = listed.flatMap((entry) => read(parseHost(entry), entry))
    return { selection: { match, hosts: [...new Set(hosts)] }, ifNoHosts }
  }
  const patterns = listed.flatMap((entry) => read(parsePattern(entry), entry))
  if (match === 'pattern' && patterns.length > 0 && patterns.every(({ excludes }) => excludes)) {
    wrong('hosts', quote(text), { en: 'at least one pattern without !', zh: '至少一个不带 ! 的通配规则' })
  }
  const selection: Selection = { match, patterns }
  return { selection, ifNoHosts }
}
