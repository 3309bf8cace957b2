import { Store } from '../../shared/store.ts'
import { dataOf } from '../request.ts'
import { repeatUntilDone } from '../resume.ts'
import { registry } from '../session.ts'

export const DIFFERENCES = ['missing', 'behind', 'different', 'orphan', 'ahead'] as const
export const COUNTS = [
  'records',
  'read',
  'filled',
  'mended',
  'customers',
  'entries',
  ...DIFFERENCES,
  'repaired',
] as const
type Count = (typeof COUNTS)[number]

export type JobName = 'views' | 'index' | 'drift' | 'repair'

/** What a job has done so far. */
export interface Job {
  name: JobName
  step: 'running' | 'done' | 'stopped' | 'failed'
  error: Error | null
  /** The sums of what its requests have counted. */
  counts: Partial<Record<Count, number>>
  phase: 'fill' | 'compare' | 'adopt' | 'settle' | 'sweep' | null
  /** Some of the customers that differ. */
  ids: readonly string[]
  needsRebuild: boolean
}

interface Part {
  counts: Job['counts']
  phase?: Job['phase']
  ids?: readonly string[]
  needsRebuild?: boolean
  next: string | null
}

/** Asks for the next part of each job. */
const REQUESTS: Record<JobName, (query: { cursor?: string }, signal: AbortSignal) => Promise<Part>> = {
  views: async (query, signal) => {
    const { records, next } = await dataOf(registry.POST('/v1/views/rebuild', { params: { query }, signal }))
    return { counts: { records }, next }
  },
  index: async (query, signal) => {
    const { phase, next, ...counts } = await dataOf(registry.POST('/v1/index/rebuild', { params: { query }, signal }))
    return { counts, phase, next }
  },
  drift: (query, signal) => compare(query, false, signal),
  repair: (query, signal) => compare(query, true, signal),
}

async function compare(query: { cursor?: string }, repair: boolean, signal: AbortSignal): Promise<Part> {
  const { customers, entries, differences, repaired, needs_rebuild, next } = await dataOf(
    registry.POST('/v1/index/drift', { params: { query }, body: { repair }, signal }),
  )
  const found = Object.fromEntries(DIFFERENCES.map(kind => [kind, differences[kind].count]))
  return {
    counts: { customers, entries, ...found, ...(repair ? { repaired } : {}) },
    ids: DIFFERENCES.flatMap(kind => differences[kind].ids),
    needsRebuild: needs_rebuild,
    next,
  }
}

const add = (sums: Job['counts'], counts: Job['counts']): Job['counts'] =>
  Object.fromEntries(
    COUNTS.flatMap(name => (counts[name] === undefined ? [] : [[name, (sums[name] ?? 0) + counts[name]]])),
  )

/** The last job. It goes on while another view is open, until sign-out. */
export const lastJob = new Store<Job | null>(null)
let abort = new AbortController()

const change = (changed: Partial<Job>): void => {
  const job = lastJob.get()
  if (job !== null) lastJob.set({ ...job, ...changed })
}

/** Does a job from its beginning to its end, part by part. */
export async function runJob(name: JobName): Promise<void> {
  abort = new AbortController()
  const { signal } = abort
  lastJob.set({ name, step: 'running', error: null, counts: {}, phase: null, ids: [], needsRebuild: false })
  try {
    await repeatUntilDone(
      query => REQUESTS[name](query, signal),
      ({ counts, phase = null, ids = [], needsRebuild = false }) => {
        const job = lastJob.get()
        if (signal.aborted || job === null) return
        change({
          counts: add(job.counts, counts),
          phase,
          ids: [...new Set([...job.ids, ...ids])],
          needsRebuild: job.needsRebuild || needsRebuild,
        })
      },
    )
    if (!signal.aborted) change({ step: 'done' })
  } catch (error) {
    if (!signal.aborted) change({ step: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
  }
}

/** Ends a job after the parts that are done. */
export function stopJob(): void {
  abort.abort()
  change({ step: 'stopped' })
}

export function forgetJob(): void {
  abort.abort()
  lastJob.set(null)
}
