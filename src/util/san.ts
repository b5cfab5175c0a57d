/**
 * The dNSName entries of a subjectAltName as Node writes it: `DNS:a.example, IP Address:192.0.2.1, URI:"…"`. Node quotes an entry that could be
 * taken for several (CVE-2021-44532); a name that needs quotes is not a host name. Lower case.
 */
export const dnsNamesIn = (subjectAltName: string | undefined): string[] => {
  const entries = (subjectAltName ?? '').match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? []
  return entries.flatMap((entry) => /^ ?DNS:([^"]+)$/.exec(entry)?.[1]?.toLowerCase() ?? [])
}
