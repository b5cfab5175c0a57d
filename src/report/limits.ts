/** Maximum sizes of the parts of a report that may be of any length. */
export interface Limits {
  /** A text from outside, characters. */
  readonly text: number
  /** Further failures that are explained; the table of hosts shows the state of all. */
  readonly failures: number
  /** Findings in the inputs, bytes; the others are in bytes, too. */
  readonly findings: number
  /** The table of hosts, those that are folded included. */
  readonly hosts: number
  readonly notes: number
  readonly warnings: number
  readonly calls: number
  /** With several sites: each of the tables of sites. */
  readonly sites: number
  /** Sites that failed, in full. */
  readonly attention: number
  /** The other sites, folded. */
  readonly folded: number
  /** Each table of the hosts of a site. */
  readonly siteHosts: number
}

const kib = 1024

/** GitHub drops a summary of more than 1 MiB as a whole. */
export const ofSummary: Limits = {
  text: 4000,
  failures: 10,
  findings: 96 * kib,
  hosts: 512 * kib,
  notes: 64 * kib,
  warnings: 64 * kib,
  calls: 48 * kib,
  sites: 112 * kib,
  attention: 288 * kib,
  folded: 192 * kib,
  siteHosts: 32 * kib,
}

/** GitHub takes a comment of at most 65,536 characters. */
export const ofComment: Limits = {
  text: 1000,
  failures: 3,
  findings: 12 * kib,
  hosts: 16 * kib,
  notes: 4 * kib,
  warnings: 4 * kib,
  calls: 0,
  sites: 12 * kib,
  attention: 20 * kib,
  folded: 12 * kib,
  siteHosts: 4 * kib,
}
