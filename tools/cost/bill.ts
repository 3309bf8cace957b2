import { functionSpecs } from '#contract/functions.ts'
import type { Load } from './options.ts'
import { type Priced, prices } from './prices.ts'
import type { Resources } from './resources.ts'
import { type ConsumedUnits, OPERATIONS, type OperationName, type OperationUnits, type Units } from './units.ts'

/** Assumptions: what is neither measured nor in the stacks. The estimate lists them. */
export const ASSUMED = {
  /** The round trip from a function to DynamoDB, in milliseconds. */
  roundTripMs: 5,
  /** The round trip from a function to OpenSearch, once per search, lookup and change. */
  searchMs: 15,
  /** How long a public lookup takes at least, because responses leave at fixed times. */
  lookupMs: 250,
  /** The memory, in MB, with which a function has a full processor (according to Lambda's documentation). */
  wholeProcessorMb: 1769,
  /** What Lambda logs per call (START, END, REPORT), and API Gateway per request, in bytes. */
  callLogBytes: 330,
  accessLogBytes: 260,
  /** The compressed share of logs. */
  logPacked: 0.15,
  /** Working hours of an agent per month, in which the authorizer is called every five minutes. */
  agentHours: 160,
  /** How often an agent opens the page per month, and its size in bytes and files. */
  pageLoads: 22,
  pageBytes: 500_000,
  pageFiles: 6,
  /** How often tables, queues and secrets use their region's key per hour. */
  keyUsesAnHour: 480,
  /** The share of traced requests, besides the first of each second (X-Ray's default rule). */
  traced: 0.05,
} as const

const HOURS = 730
const SECONDS = HOURS * 3600
const GB = 1e9
/** Lambda polls a stream's shard at most four times per second. */
const POLLS = 4 * SECONDS

export interface Line {
  service: string
  what: Priced
  quantity: number
  usd: number
}

/** How often each operation is called per month, by callers and canaries. */
function toTimes(
  { writes, rows, reads, searches, lookups, purchases }: Load,
  canaries: number,
): Record<OperationName, number> {
  return {
    create: writes / 2 + canaries,
    // An erasure costs about as much.
    update: writes / 2 + canaries,
    row: rows,
    get: reads + canaries,
    search: searches + 2 * canaries,
    lookup: lookups + canaries,
    purchase: purchases,
  }
}

const SEARCHING: readonly OperationName[] = ['create', 'row', 'search', 'lookup']

/** The GB-seconds of a function's work. */
function gigabyteSeconds({ cpu_ms, round_trips }: ConsumedUnits, memory: number, searchMs = 0): number {
  const ms = (cpu_ms * ASSUMED.wholeProcessorMb) / memory + round_trips * ASSUMED.roundTripMs + searchMs
  return (ms / 1000) * (memory / 1024)
}

const toMemory = (name: string): number => functionSpecs.get(name)?.memory ?? 512
const READER_MB = toMemory('reconcile')

/** The traces per month at all locations. */
const toTraces = (count: number, locations: number): number => {
  const first = Math.min(count, SECONDS * locations)
  return first + (count - first) * ASSUMED.traced
}

/** The monthly cost by service, in US dollars. */
export function toBill(load: Load, units: Units, resources: Resources): Line[] {
  const { locations, agents, customers, months } = load
  const others = locations - 1
  const times = toTimes(load, (resources.schedules.canary ?? 0) * HOURS)
  const done = OPERATIONS.map(name => ({ name, count: times[name], unit: units.operations[name] }))
  /** The sum over all operations. */
  const total = (of: (unit: OperationUnits, name: OperationName) => number): number =>
    done.reduce((sum, { name, count, unit }) => sum + count * of(unit, name), 0)
  const everywhere = (quantity: keyof ConsumedUnits) =>
    total(({ here, following, elsewhere }) => here[quantity] + following[quantity] + others * elsewhere[quantity])
  const clock = Object.entries(resources.schedules).map(([name, anHour]) => ({
    name,
    starts: anHour * HOURS,
    consumed: units.schedules[name] ?? units.entry,
  }))
  const byClock = (of: (consumed: ConsumedUnits, name: string) => number) =>
    clock.reduce((sum, { name, starts, consumed }) => sum + starts * of(consumed, name), 0)

  const requests = total((_, name) => (name === 'row' ? 1 / 500 : 1))
  const withToken = requests - times.lookup
  const authorized = Math.min(withToken, agents * ASSUMED.agentHours * 12)
  const changes = times.create + times.update + times.row + times.purchase
  // Each request adds a row to the registry, and each change also one to the views, at every location.
  const read = locations * (Math.min(requests + times.row, POLLS) + Math.min(changes, POLLS))
  const starts = byClock(() => 1)
  const calls = requests + authorized + read + starts
  const work =
    total(({ function: name, here, following, elsewhere }, operation) => {
      const searchMs = SEARCHING.includes(operation) ? ASSUMED.searchMs : 0
      const fullMs = searchMs / (operation === 'row' ? 25 : 1)
      const waitMs = operation === 'lookup' ? ASSUMED.lookupMs : fullMs
      const answering = gigabyteSeconds(here, toMemory(name), waitMs)
      return answering + gigabyteSeconds(following, READER_MB) + others * gigabyteSeconds(elsewhere, READER_MB)
    }) +
    byClock((consumed, name) => gigabyteSeconds(consumed, toMemory(name))) +
    (requests + times.row) * locations * gigabyteSeconds(units.entry, toMemory('seal')) +
    authorized * gigabyteSeconds({ ...units.entry, round_trips: 0 }, toMemory('authorizer'))
  const entries = (requests + times.row) * locations
  const created = units.operations.create
  const storedGb =
    (locations / GB) *
    (customers * (created.registry_bytes + created.views_bytes) +
      months * total(({ registry_bytes, views_bytes }) => registry_bytes + views_bytes))
  const loggedGb =
    (everywhere('log_bytes') +
      byClock(({ log_bytes }) => log_bytes) +
      calls * ASSUMED.callLogBytes +
      requests * ASSUMED.accessLogBytes) /
    GB
  const loads = agents * ASSUMED.pageLoads

  const lines: Line[] = []
  const add = (service: string, what: Priced, quantity: number) => {
    if (quantity > 0) lines.push({ service, what, quantity, usd: quantity * prices[what].usd })
  }
  add('DynamoDB', 'write', everywhere('wru') + byClock(({ wru }) => wru) + entries * units.entry.wru)
  add('DynamoDB', 'replicated', others * total(({ replicated_wru }) => replicated_wru))
  add('DynamoDB', 'read', everywhere('rru') + byClock(({ rru }) => rru) + entries * units.entry.rru)
  add('DynamoDB', 'stored', storedGb)
  add('DynamoDB', 'recovery', storedGb)
  add('API Gateway', 'request', requests)
  add('Lambda', 'invocation', calls)
  add('Lambda', 'gigabyteSecond', work)
  for (const instance of ['t3.small.search', 'm7g.large.search', 'm7g.medium.search'] as const)
    add('OpenSearch', instance, (resources.nodes[instance] ?? 0) * HOURS)
  add('OpenSearch', 'volume', resources.volumes)
  add('CloudWatch', 'logged', loggedGb)
  add('CloudWatch', 'logsKept', loggedGb * ASSUMED.logPacked * Math.min(months, load['log-days'] / 30.4))
  add('CloudWatch', 'metric', resources.metrics)
  add('CloudWatch', 'alarm', resources.alarms)
  add('CloudWatch', 'dashboard', resources.dashboards)
  add('X-Ray', 'trace', toTraces(requests, locations) + toTraces(read, locations * 2) + starts)
  add('WAF', 'firewall', resources.firewalls)
  add('WAF', 'rule', resources.rules)
  add('WAF', 'inspected', requests)
  add('Cognito', 'user', agents)
  add('EventBridge Scheduler', 'scheduled', starts)
  add('KMS', 'key', resources.keys)
  add('KMS', 'keyUse', locations * ASSUMED.keyUsesAnHour * HOURS)
  add('Secrets Manager', 'secret', resources.secrets)
  add('Data transfer', 'between', (others * total(({ replicated_bytes }) => replicated_bytes)) / GB)
  add('Data transfer', 'out', total(({ answer_bytes }) => answer_bytes) / GB)
  add('CloudFront and S3', 'delivered', (loads * ASSUMED.pageBytes) / GB)
  add('CloudFront and S3', 'fetched', loads * ASSUMED.pageFiles)
  add('CloudFront and S3', 'object', ASSUMED.pageBytes / GB)
  return lines
}
