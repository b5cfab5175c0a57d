import { entries, type Mistake, parseHost, parsePattern } from '../model/hostname.ts'
import type { Selection, SiteOptions, ZoneRef } from '../model/spec.ts'
import { quote, type Reader } from './reader.ts'

/** `zone-id` and `zone-name`: exactly one of the two. */
export const parseZone = ({ get, wrong }: Reader): ZoneRef => {
  const [id, name] = [get('zone-id'), get('zone-name')]
  if (id !== '' && !/^zone-[0-9A-Za-z-]{1,64}$/.test(id)) {
    wrong('zone-id', quote(id), 'a site ID from the EdgeOne console, such as zone-2fgd17m17xw')
  }
  if (id !== '' && name !== '') wrong('zone-name', quote(name), 'nothing: zone-id and zone-name exclude each other')
  if (id === '' && name === '') {
    wrong('zone-id', 'nothing', 'a site ID such as zone-2fgd17m17xw, or the site’s name in zone-name')
  }
  if (name === '') return { id }
  const parsed = parseHost(name)
  if (!('value' in parsed))
    wrong('zone-name', `${quote(name)}, ${parsed.what}`, 'the name of a site, such as example.com')
  if (id !== '') return { id }
  return { name: 'value' in parsed ? parsed.value : name }
}

/** `match`, `hosts` and `if-no-hosts`. The list may be empty only if the certificate selects the hosts, or if no host is needed. */
export const parseSelection = (reader: Reader): Pick<SiteOptions, 'selection' | 'ifNoHosts'> => {
  const { get, wrong, choice } = reader
  const match = choice('match', ['exact', 'pattern', 'certificate'])
  const ifNoHosts = choice('if-no-hosts', ['error', 'warn', 'ignore'])
  const text = get('hosts')
  const listed = [...new Set(entries(text))]
  if (listed.length === 0 && ifNoHosts === 'error' && match !== 'certificate') {
    wrong('hosts', quote(text), match === 'exact' ? 'at least one host name' : 'at least one pattern')
  }
  const read = <T>(parsed: { readonly value: T } | Mistake, entry: string): T[] => {
    if ('value' in parsed) return [parsed.value]
    wrong('hosts', `${quote(entry)}, ${parsed.what}`, parsed.expected)
    return []
  }
  if (match === 'exact') {
    const hosts = listed.flatMap((entry) => read(parseHost(entry), entry))
    return { selection: { match, hosts: [...new Set(hosts)] }, ifNoHosts }
  }
  const patterns = listed.flatMap((entry) => read(parsePattern(entry), entry))
  if (match === 'pattern' && patterns.length > 0 && patterns.every(({ excludes }) => excludes)) {
    wrong('hosts', quote(text), 'at least one pattern without !')
  }
  const selection: Selection = { match, patterns }
  return { selection, ifNoHosts }
}
