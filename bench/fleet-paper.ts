import { type Account, deployment, jobStart, roundTrip, simulateFleet } from './fleet-simulation.ts'

// A larger fleet, by simulation, as a section of bench/README.md.

const fleet = { sites: 100_000, accounts: 500, hosts: 20, perManifest: 5000, jobs: 256 }
/** Jobs at the same time on hosted runners: GitHub Free, Team, Enterprise. */
const plans = [20, 60, 500]
/** What a job's outputs hold of a host: its name, two quotes and a comma. */
const bytesPerHost = 33
const deadlineMinutes = 20

const number = (value: number) => value.toLocaleString('en-US')
const minutes = (ms: number) => `${Math.ceil(ms / 60_000)} min`

const pagesOf = ({ sites }: Account) => Math.ceil(sites / 100)

export const fleetOnPaper = async (): Promise<string> => {
  const { sites, hosts, perManifest, jobs: maxJobs } = fleet
  const { accounts, manifests, shares, jobs, times, reads, billed, endWith } = await simulateFleet(fleet)
  const [largest = 0, smallest = 0] = [accounts[0]?.sites, accounts.at(-1)?.sites]
  const sizes = jobs.map((job) => job.reduce((sum, one) => sum + one.sites, 0))
  const most = Math.max(...sizes)
  const empty = jobs.filter(({ length }) => length === 0).length
  const zones = accounts.reduce((sum, account) => sum + pagesOf(account), 0)
  const crowded = sizes.filter((size) => size * hosts * bytesPerHost > 1e6).length
  const ends = plans.map((plan) => `${minutes(endWith(plan))} with ${plan}`)
  const seconds = (ms: number) => ms / 1000
  return `### A larger fleet, by simulation

${number(sites)} sites of ${hosts} hosts in ${accounts.length} accounts: the largest has ${number(largest)} sites, the smallest ${smallest}. [\`fleet-simulation.ts\`](fleet-simulation.ts) divides
them by the rule of \`shard\`, and works on every account with the real rate limiter and the real pauses, on a clock that does not wait. It
assumes ${seconds(roundTrip)} s for a call, ${seconds(deployment.from)} to ${seconds(deployment.to)} s for a deployment, and ${seconds(jobStart)} s for the rest of a job.

A manifest lists at most ${number(perManifest)} sites, so there are ${manifests}, each with ${shares} shares: a matrix of ${manifests * shares} jobs, of the ${maxJobs} that GitHub allows.
${empty} of them have no account. The others have up to ${Math.max(...jobs.map(({ length }) => length))} accounts and ${number(most)} sites.

- **Time**: ${minutes(Math.max(...times))} for the longest job, and ${minutes(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0)} for the median one. The matrix takes ${ends.join(', ')} jobs at a time
  (GitHub Free, Team, Enterprise). It is the largest account that takes the longest: no share can divide an account.
- **Calls**: ${number(zones)} DescribeZones, ${number(reads)} DescribeAccelerationDomains (${(reads / sites).toFixed(1)} a site, of which all but two are polls of a
  deployment that takes longer), and ${number(sites)} ModifyHostsCertificate.
- **Minutes**: ${number(billed)} billed minutes, at least one for each job.
- **OIDC**: one token and one AssumeRoleWithWebIdentity for each account, ${accounts.length} in all.
- **What breaks first**: the outputs of a job, one megabyte together, which \`changed-hosts\` of ${number(Math.floor(1e6 / bytesPerHost))} hosts of 30 characters fills: ${crowded} of
  these jobs have more. A job that passes outputs on must leave it out, and read the file of \`result-path\`. Next is the deadline, ${deadlineMinutes}
  minutes by default (\`wait-minutes\`): the longest step takes ${((Math.max(...times) - jobStart) / 60_000).toFixed(1)}. Then the ${number(perManifest)} sites of a manifest, which is also the most for one
  account, and the ${maxJobs} jobs of a matrix.
`
}
