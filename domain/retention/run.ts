import pMap from 'p-map'
import { NotFound, StateConflict } from '../errors.ts'
import type { Heartbeat, LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { purgeLeader } from './acknowledged.ts'
import { customersInPurges, dueAmong } from './due.ts'
import { cutoff } from './policy.ts'
import type { Purge, RetentionStores, RunPlace, StoredRun } from './port.ts'
import { advance, NOTHING_DONE, type PurgePorts, type RunContext, type RunCounts, sumCounts } from './purge-workflow.ts'

export type RunPorts = PurgePorts & Pick<RetentionStores, 'inactive'> & { locations: LocationStore }

/** Customers per purge. */
const PAGE = 100
/** Purges of a run read concurrently. */
const PURGES_READ = 10

/** Sorts before the first type. */
const NO_TYPE = ''
export const BEGINNING: RunPlace = { part: 'due', type: NO_TYPE, shard: 0, after: null }

/** The results of a run so far. */
interface StartCounts extends RunCounts {
  due: number
  held: number
  merged: number
}

/** The position after a page of due customers: in the same type, in the next type, or among the purges. */
function placeAfter(
  types: readonly string[],
  type: string,
  next: { shard: number; after: string | null } | null,
): RunPlace {
  if (next) return { part: 'due', type, ...next }
  const following = types.find(name => name > type)
  return following === undefined
    ? { part: 'purges', after: null }
    : { part: 'due', type: following, shard: 0, after: null }
}

/** What a part of a run did, with which purges, and where the run continues. */
interface Part<Counts> {
  counts: Counts
  /** The customers who are due and can be purged. */
  customers: readonly string[]
  purges: string[]
  next: RunPlace | null
}

/**
 * Starts a purge with a page of due customers of a type.
 *
 * @param inPurge customers of earlier purges. Who was taken back stays in the purge until it ends, and cannot start another one: its marker
 *   would cover an expiry that not every location has.
 */
async function startPurge(
  ports: RunPorts,
  runContext: RunContext,
  place: RunPlace & { part: 'due' },
  inPurge: () => Promise<ReadonlySet<string>>,
  dry: boolean,
): Promise<Part<StartCounts>> {
  const { context, policy, day, types } = runContext
  const type = types.find(name => name >= place.type) ?? NO_TYPE
  const before = cutoff(policy, type, context.now, day)
  if (before === null)
    return {
      counts: { ...NOTHING_DONE, due: 0, held: 0, merged: 0 },
      customers: [],
      purges: [],
      next: placeAfter(types, type, null),
    }
  const { inactive, next } = await ports.inactive.inactive(type, before, place, PAGE)
  const excluded = inactive.length > 0 ? await inPurge() : new Set()
  const others = inactive.filter(({ id }) => !excluded.has(id))
  const { ids, held, merged } = await dueAmong(ports, others, { policy, day }, context.now)
  const counts = { due: ids.length + held + merged, held, merged }
  if (dry || ids.length === 0)
    return { counts: { ...NOTHING_DONE, ...counts }, customers: ids, purges: [], next: placeAfter(types, type, next) }
  const purge: Purge = { id: `${runContext.now()}#${context.newId()}`, customers: ids, steps: {} }
  // Recorded before it starts, so that the next run continues an interrupted purge.
  await ports.purges.begin(purge.id, purge.customers)
  const done = await advance(ports, runContext, purge)
  // The others are merged with customers of later pages and are examined again in the second part.
  const counted = { ...done, waiting: 0, unheard: 0, waiting_for: [] }
  return { counts: { ...counted, ...counts }, customers: ids, purges: [purge.id], next: placeAfter(types, type, next) }
}

/** Advances the purges in progress. */
async function advancePurges(
  ports: RunPorts,
  runContext: RunContext,
  after: string | null,
  dry: boolean,
): Promise<Part<RunCounts>> {
  const { purges, next } = await ports.purges.purges(after)
  let counts = NOTHING_DONE
  for (const purge of purges)
    counts = sumCounts(
      counts,
      dry ? { ...NOTHING_DONE, waiting: purge.customers.length } : await advance(ports, runContext, purge),
    )
  return {
    counts,
    customers: [],
    purges: purges.map(({ id }) => id),
    next: next === null ? null : { part: 'purges', after: next },
  }
}

/** Whether a run has anything to report. */
const hasNews = ({ due, expired, marked, removed, returned, kept, next }: StoredRun): boolean =>
  [due, expired, marked, removed, returned, ...Object.values(kept)].some(count => count > 0) || next !== null

export interface RunOptions extends Omit<RunContext, 'context' | 'heartbeats'> {
  dry: boolean
  /** Stores a report even if the run found nothing. */
  always: boolean
  /** Null for the beginning. */
  place: RunPlace | null
  /** Whether there is time for more. */
  hasTime(): boolean
  /** Receives the customers who are due and can be purged, page by page. */
  onDue?(customers: readonly string[]): void
}

/**
 * Runs the purge, or a part of it: at least one page, and further while there is time.
 * 1. Customers who are due start a purge, a hundred at a time.
 * 2. The purges in progress advance as far as all locations allow.
 * 3. A report says what was done, and why other customers stay; the next run continues at its position. A dry run stores nothing, and a run
 *    that fails reports what it did until then.
 *
 * @throws StateConflict at a location that does not run purges; Unavailable
 */
export async function runPurge(ports: RunPorts, context: RequestContext, options: RunOptions): Promise<StoredRun> {
  const heartbeats = await ports.locations.heartbeats()
  if (!options.dry) assertLeader(heartbeats, context)
  return run(ports, context, options, heartbeats)
}

function assertLeader(heartbeats: readonly Heartbeat[], { location }: RequestContext): void {
  const where = purgeLeader(heartbeats, location)
  if (where !== location) throw new StateConflict(`The purge runs at the location ${where}: call that location`)
}

/**
 * Cancels a run: the customers whom it expired or marked, and whose deletion has not begun, are back on the list, and their retention period
 * starts again. What this call has no time for, the next run does.
 *
 * @throws NotFound; StateConflict at a location that does not run purges, or if nothing is left to cancel; Unavailable
 */
export async function cancelRun(
  ports: RunPorts,
  context: RequestContext,
  { hasTime, ...settings }: Omit<RunContext, 'context' | 'heartbeats'> & Pick<RunOptions, 'hasTime'>,
  id: string,
): Promise<Pick<RunCounts, 'returned' | 'removed'>> {
  const heartbeats = await ports.locations.heartbeats()
  assertLeader(heartbeats, context)
  const stored = await ports.purges.run(id)
  if (stored === null) throw new NotFound('There is no run with this id: GET /v1/retention/runs lists them')
  const purges = await pMap(stored.purges, purge => ports.purges.purge(purge), { concurrency: PURGES_READ })
  const open = purges.filter(purge => purge !== null)
  if (open.length === 0)
    throw new StateConflict('Nothing is left to cancel: the customers of this run were removed or taken back')
  for (const purge of open) await ports.purges.done(purge.id, 'cancelled', context.now)
  const runContext: RunContext = { ...settings, context, heartbeats }
  let counts = NOTHING_DONE
  for (const [n, purge] of open.entries()) {
    if (n > 0 && !hasTime()) break
    counts = sumCounts(counts, await advance(ports, runContext, { ...purge, steps: { cancelled: context.now } }))
  }
  return counts
}

async function run(
  ports: RunPorts,
  context: RequestContext,
  options: RunOptions,
  heartbeats: readonly Heartbeat[],
): Promise<StoredRun> {
  const { dry, place, policy, day, types, wait, now } = options
  const runContext: RunContext = { context, policy, day, types, wait, now, heartbeats }
  let [done, due, held, merged]: [RunCounts, number, number, number] = [NOTHING_DONE, 0, 0, 0]
  const purges: string[] = []
  let next: RunPlace | null = place ?? BEGINNING
  const report = (failed: boolean): StoredRun => {
    const { expired, marked, removed, returned, changed, unheard, waiting, waiting_for } = done
    return {
      id: `${context.now}#${context.location}#${context.newId()}`,
      at: context.now,
      ended_at: now(),
      location: context.location,
      actor: context.actor,
      dry_run: dry,
      policy,
      due,
      expired,
      marked,
      removed,
      returned,
      kept: { held, merged, changed, unheard, waiting },
      waiting_for: [...waiting_for],
      finished: !failed && next === null,
      failed,
      next: failed ? place : next,
      purges: [...new Set(purges)],
    }
  }
  let read: Promise<ReadonlySet<string>> | null = null
  const inPurge = () => (read ??= customersInPurges(ports.purges))
  try {
    do {
      if (next.part === 'due') {
        const begun: Part<StartCounts> = await startPurge(ports, runContext, next, inPurge, dry)
        purges.push(...begun.purges)
        options.onDue?.(begun.customers)
        done = sumCounts(done, begun.counts)
        due += begun.counts.due
        held += begun.counts.held
        merged += begun.counts.merged
        next = begun.next
      } else {
        const progress: Part<RunCounts> = await advancePurges(ports, runContext, next.after, dry)
        purges.push(...progress.purges)
        done = sumCounts(done, progress.counts)
        next = progress.next
      }
    } while (next !== null && options.hasTime())
  } catch (error) {
    // What made the run fail may refuse the report too; the error is what the caller needs.
    if (!dry) await ports.purges.putRun(report(true)).catch(() => undefined)
    throw error
  }
  const result = report(false)
  if (!dry && (options.always || hasNews(result) || place !== null)) await ports.purges.putRun(result)
  return result
}

/** The scheduled run: at the purging location, from where the last run stopped. Returns null at other locations. @throws Unavailable */
export async function runScheduled(
  ports: RunPorts,
  context: RequestContext,
  options: Omit<RunOptions, 'dry' | 'place' | 'always'>,
): Promise<StoredRun | null> {
  const heartbeats = await ports.locations.heartbeats()
  if (purgeLeader(heartbeats, context.location) !== context.location) return null
  const [last] = (await ports.purges.runs(null, 1)).runs
  // After a failure, a report says that all is well again.
  const always = last?.failed ?? false
  return run(ports, context, { ...options, dry: false, always, place: last?.next ?? null }, heartbeats)
}
