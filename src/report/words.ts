import type { Mode } from '../model/setting.ts'
import type { Site } from '../model/site.ts'
import type { Stage } from '../model/stage.ts'
import type { End, StateLabel } from './ends.ts'

/** Codes whose meaning is too long for a heading. */
export const briefCodes = [
  'InternalError.ConfigLocked',
  'OperationDenied.ConfigLocked',
  'OperationDenied',
  'ResourceUnavailable.CertNotFound',
  'Input.HostNotOnline',
  'Input.NoIdToken',
  'Run.SitesFailed',
  'Verify.ApplicationFailed',
  'Verify.BindingFailed',
  'Verify.HostBusy',
  'Verify.HostGone',
  'Verify.MutualTlsChanged',
  'Verify.NotDeployed',
  'Verify.NotProbed',
  'Verify.NotServed',
  'Verify.NotTaken',
  'Verify.NoWitness',
  'Verify.RollbackFailed',
] as const
export type BriefCode = (typeof briefCodes)[number]

/** What is known of the certificates in a section of the timeline. */
export type Section =
  | 'new'
  | 'would-be-new'
  | 'not-in-effect'
  | 'kept'
  | 'would-be-kept'
  | 'still-bound'
  | 'not-verified'
  | 'would-be-replaced'
  | 'replaced'

/** A fraction of hosts or sites. */
export interface Part {
  readonly n: number
  readonly all: number
}

/**
 * All words and sentences of the report, in one language. Texts may hold Markdown: whoever passes them in has escaped them, or uses them
 * where nothing is interpreted.
 */
export interface Words {
  readonly number: (n: number) => string
  readonly hosts: (n: number) => string
  readonly sites: (n: number) => string
  /** `a, b and 4 more`. */
  readonly listed: (names: readonly string[], more: number) => string
  /** Sentences one after the other. */
  readonly sentences: (sentences: readonly string[]) => string
  readonly fullStop: string
  readonly comma: string
  /** `label: value`. */
  readonly labelled: (label: string, value: string) => string

  /** A host's state, in the table and after a number of hosts. */
  readonly states: Readonly<Record<StateLabel, string>>
  readonly counted: (n: number, what: string) => string
  /** How a site ended. */
  readonly ends: Readonly<Record<End, string>>

  readonly headline: {
    /** What happened, at which hosts or sites, and why; the last two may be empty. */
    readonly whole: (what: string, which: string, why: string) => string
    readonly reached: (stage: Stage, mode: Mode, n: number) => string
    readonly inPlace: (mode: Mode, n: number) => string
    readonly noHosts: string
    readonly wouldChange: (part: Part) => string
    readonly failed: (part: Part) => string
    /** In a dry run. */
    readonly notPossible: (part: Part) => string
    readonly noHostChanged: string
    /** No host failed, and yet the step did. */
    readonly failedAfterwards: (n: number) => string
    readonly rolledBack: (part: Part) => string
    readonly notRolledBack: (n: number) => string
    readonly mutualTlsLost: (n: number) => string
    readonly cancelled: (part: Part) => string
    readonly inputProblems: (n: number) => string
    readonly manifestProblems: (n: number) => string
    readonly sitesFailed: (part: Part) => string
    readonly sitesCancelled: (part: Part) => string
    readonly sitesDone: (n: number) => string
    readonly sitesPlanned: (n: number) => string
  }
  /** The meaning of a code in a few words about a number of hosts, for a heading. */
  readonly brief: Readonly<Record<BriefCode, (n: number) => string>>
  /** The beginning of a sentence of the catalogue that says enough, for a heading. */
  readonly gist: (meaning: string) => string

  readonly nothingChanged: string
  /** The same of some of the sites, while others were changed. */
  readonly nothingChangedHere: (sites: number) => string
  readonly inDoubt: string
  readonly safeToRepeat: string
  readonly dryRun: string
  readonly inProgress: string
  readonly notWaitedFor: string

  readonly code: string
  readonly whatHappened: string
  readonly noMessage: string
  readonly cause: string
  readonly whatToDo: string
  readonly requestId: string
  /** The failures of other hosts. */
  readonly also: (code: string, n: number, hosts: string) => string
  readonly inManifest: (n: number, shown: number) => string

  /** Heads of the table of hosts. */
  readonly stateAndHost: string
  readonly certificateAndEnd: string
  readonly none: string
  /** How many days are left until a certificate expires, or have passed since. */
  readonly daysLeft: (days: number) => string
  /** Facts about something, behind its name. */
  readonly about: (facts: readonly string[]) => string
  /** The summary of folded hosts, sites or calls. */
  readonly folded: (what: string, counts: string) => string
  readonly outcomeAndSite: string
  readonly account: string
  readonly hostsHead: string
  readonly ofAccount: (sites: string, account: string) => string
  readonly calls: (n: number) => string
  readonly action: string
  readonly answer: string
  readonly more: (n: number) => string
  readonly moreSites: (n: number) => string
  readonly warning: (n: number) => string

  readonly sections: Readonly<Record<Section, string>>
  readonly validity: string
  /** The same, for a chart that shows today. */
  readonly validityToday: string
  /** The label of a certificate whose start is unknown. */
  readonly until: (label: string, day: string) => string
  readonly share: (share: string, accounts: string) => string
  readonly noAccount: string
  readonly ownInputs: string
  readonly place: (site: string, of: Site, api: string) => string
  readonly certificates: (ids: string) => string
}
