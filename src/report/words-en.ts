import type { Mode } from '../model/setting.ts'
import type { Stage } from '../model/stage.ts'
import { numberIn } from '../util/number.ts'
import type { Part, Words } from './words.ts'

const plural = new Intl.PluralRules('en-US')

const number = (n: number): string => numberIn('en-US', n)
const counted = (n: number, one: string, other = `${one}s`): string =>
  `${number(n)} ${plural.select(n) === 'one' ? one : other}`
const hosts = (n: number): string => counted(n, 'host')
const sites = (n: number): string => counted(n, 'site')
/** `1 of 3 hosts` */
const hostsOf = ({ n, all }: Part): string => (n === all ? hosts(n) : `${number(n)} of ${hosts(all)}`)
const sitesOf = ({ n, all }: Part): string => (n === all ? sites(n) : `${number(n)} of ${sites(all)}`)
const its = (n: number): string => (plural.select(n) === 'one' ? 'its' : 'their')

const done: Readonly<Record<Stage, (what: string, n: number) => string>> = {
  accepted: (what, n) => `${what} accepted for ${hosts(n)}, deployment in progress`,
  deployed: (what, n) => `${what} deployed to ${hosts(n)}`,
  served: (what, n) => `${what} deployed to ${hosts(n)} and served`,
}
const things: Readonly<Record<Exclude<Mode, 'disable'>, string>> = {
  sslcert: 'certificate',
  eofreecert: 'free certificate',
  eofreecert_manual: 'free certificate',
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const en: Words = {
  number,
  hosts,
  sites,
  listed: (names, more) => (more === 0 ? names.join(', ') : `${names.join(', ')} and ${number(more)} more`),
  sentences: (all) => all.join(' '),
  fullStop: '.',
  comma: ', ',
  labelled: (label, value) => `${label}: ${value}`,

  states: {
    planned: 'would be changed',
    unchanged: 'already in place',
    served: 'deployed and served',
    deployed: 'deployed',
    accepted: 'accepted, deploying',
    'rolled-back': 'rolled back',
    'not-served': 'deployed, but not served',
    'not-probed': 'deployed, not probed',
    'timed-out': 'accepted, not seen deployed in time',
    failed: 'accepted, then failed',
    refused: 'refused',
    waiting: 'not changed: an earlier deployment was running',
    inactive: 'not changed: not online',
    unknown: 'unknown: no answer',
    untouched: 'not changed',
    'rollback-failed': 'NOT ROLLED BACK',
  },
  counted: (n, what) => `${number(n)} ${what}`,
  ends: {
    failed: 'failed',
    'rolled-back': 'rolled back',
    cancelled: 'cancelled',
    changed: 'changed',
    accepted: 'accepted, deploying',
    planned: 'would be changed',
    unchanged: 'nothing to do',
  },

  headline: {
    whole: (what, which, why) => {
      const at = which === '' ? what : `${what}: ${which}`
      if (why === '') return at
      return which === '' ? `${at}: ${why}` : `${at} – ${why}`
    },
    reached: (stage, mode, n) =>
      mode === 'disable'
        ? `HTTPS ${stage === 'accepted' ? 'is being turned off' : 'turned off'} for ${hosts(n)}`
        : done[stage](capital(things[mode]), n),
    inPlace: (mode, n) => {
      const have = plural.select(n) === 'one' ? 'has' : 'have'
      const what = mode === 'disable' ? 'HTTPS off' : `the ${things[mode]}`
      return `${hosts(n)} already ${have} ${what}, nothing to do`
    },
    noHosts: 'No hosts, nothing to do',
    wouldChange: (part) =>
      part.n === 0 ? 'Dry run: no host would be changed' : `Dry run: ${hostsOf(part)} would be changed`,
    failed: (part) => `${hostsOf(part)} failed`,
    notPossible: (part) => `Dry run: ${hostsOf(part)} cannot be changed`,
    noHostChanged: 'No host was changed',
    failedAfterwards: (n) => `${hosts(n)} done, but the step failed`,
    rolledBack: (part) => `${hostsOf(part)} rolled back`,
    notRolledBack: (n) => `${hosts(n)} NOT rolled back`,
    mutualTlsLost: (n) => `${hosts(n)} WITHOUT the previous mutual TLS`,
    cancelled: (part) => (part.n === 0 ? 'Cancelled' : `Cancelled: ${hostsOf(part)} not done`),
    inputProblems: (n) => counted(n, 'problem with the inputs', 'problems with the inputs'),
    manifestProblems: (n) => counted(n, 'problem in the manifest', 'problems in the manifest'),
    sitesFailed: (part) => `${sitesOf(part)} failed`,
    sitesCancelled: (part) => `Cancelled: ${sitesOf(part)} not done`,
    sitesDone: (n) => `${sites(n)} done`,
    sitesPlanned: (n) => `Dry run of ${sites(n)}`,
  },
  brief: {
    'InternalError.ConfigLocked': (n) => `${its(n)} configuration is locked`,
    'OperationDenied.ConfigLocked': (n) => `${its(n)} configuration is locked`,
    OperationDenied: () => 'EdgeOne refused the change in the current state of the host or site',
    'ResourceUnavailable.CertNotFound': () => 'EdgeOne cannot read the certificate',
    'Input.HostNotOnline': () => 'not online',
    'Input.NoIdToken': () => 'the job gets no OIDC token',
    'Run.SitesFailed': () => 'for different reasons',
    'Verify.ApplicationFailed': () => 'EdgeOne could not obtain the certificate',
    'Verify.BindingFailed': () => 'EdgeOne could not bind the certificate',
    'Verify.HostBusy': () => 'an earlier change was still being deployed',
    'Verify.HostGone': () => 'deleted from the site meanwhile',
    'Verify.MutualTlsChanged': () => 'client or upstream certificates changed',
    'Verify.NotDeployed': () => 'not deployed in time',
    'Verify.NotProbed': () => 'the step stopped before it probed what is served',
    'Verify.NotServed': () => 'the certificate is not served',
    'Verify.NotTaken': () => 'EdgeOne accepts the change, but does not make it',
    'Verify.NoWitness': () => 'nothing proves which certificate is served',
    'Verify.RollbackFailed': () => 'it is not certain which certificate is served',
  },
  gist: (meaning) => {
    const [first = ''] = meaning.split(/(?:\. |: |; |, so |\.$)/)
    return /^(?:The|An?|This|These|Two|Some|Several|Too|Another|Something|One)\b/.test(first)
      ? first.charAt(0).toLowerCase() + first.slice(1)
      : first
  },

  nothingChanged: 'This step changed nothing.',
  nothingChangedHere: (sites) => `Nothing was changed at ${sites === 1 ? 'this site' : 'these sites'}.`,
  inDoubt: 'A call was sent and not answered: EdgeOne may have applied the change.',
  safeToRepeat: 'It is safe to run this step again.',
  dryRun: 'Nothing was changed. Without `dry-run`, the step would do what the table shows.',
  inProgress: 'The deployment is in progress. Until it ends, visitors may still see the previous certificate.',
  notWaitedFor: 'This step did not wait for the deployment (`wait-for: accepted`).',

  code: 'Code',
  whatHappened: 'What happened',
  noMessage: 'The service gave no message.',
  cause: 'Cause',
  whatToDo: 'What to do',
  requestId: 'RequestId',
  also: (code, n, names) => `**Also ${code}**, ${hosts(n)}: ${names}`,
  inManifest: (n, shown) => {
    const which = n === shown ? '' : `, the first ${number(shown)} of which have an annotation`
    return `${counted(n, 'problem')} in the manifest${which}; the job summary lists all.`
  },

  stateAndHost: 'State and host',
  certificateAndEnd: 'Certificate, expiry (UTC)',
  none: 'none',
  daysLeft: (days) => (days < 0 ? `expired ${counted(-days, 'day')} ago` : `${counted(days, 'day')} left`),
  about: (facts) => ` (${facts.join(', ')})`,
  folded: (what, counts) => `${what}: ${counts}`,
  outcomeAndSite: 'Outcome and site',
  account: 'Account',
  hostsHead: 'Hosts',
  ofAccount: (some, account) => `${some} of ${account}`,
  calls: (n) => `RequestIds and API calls (${number(n)})`,
  action: 'Action',
  answer: 'Answer',
  more: (n) => `… and ${number(n)} more, in the file of the output \`result-path\``,
  moreSites: (n) => `… and ${counted(n, 'more site')}, in the file of the output \`result-path\``,
  warning: (n) => `… and ${number(n)} more`,

  sections: {
    new: 'New',
    'would-be-new': 'Would be<br>bound',
    'not-in-effect': 'New, not<br>in effect',
    kept: 'Kept',
    'would-be-kept': 'Would be<br>kept',
    replaced: 'Replaced',
    'would-be-replaced': 'Would be<br>replaced',
    'not-verified': 'Replacement<br>not verified',
    'still-bound': 'Still bound',
  },
  validity: 'Validity of the certificates:',
  validityToday: 'Validity of the certificates; the red line is today:',
  until: (label, day) => `${label}, to ${day}`,
  share: (share, accounts) => `Share ${share}: ${accounts}`,
  noAccount: 'no account',
  ownInputs: 'the credential inputs',
  place: (site, of, api) => `EdgeOne site ${site} (${of === 'china' ? 'China' : 'international'}), API ${api}`,
  certificates: (ids) => `certificate ${ids}`,
}
