import * as z from 'zod'
import type { Field } from '#contract/schemas/field.ts'
import type { DriftAnswer } from '#contract/schemas/operations.ts'
import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import { type Difference, differing } from './difference.ts'
import { toEntry } from './entry.ts'
import { orphansAmong } from './orphans.ts'
import type { CandidateIndex, IndexEntry } from './port.ts'

type DriftPorts = { lists: ListStore; records: RecordStore; index: CandidateIndex; locations: LocationStore }

/** How many customers or index entries are compared at once. */
const PAGE = 500
/** How many suspected differences one request may check. */
const ENOUGH = 500
/** How often a missing or outdated entry is read again; including pauses, for about a second. */
const LOOKS = 20
/** How many ids of each kind are reported. */
const TOLD = 10

/** The position of the comparison, in the list or in the index. */
export const driftPlace = z.object({
  part: z.enum(['list', 'index']),
  shard: z.number(),
  after: z.string().nullable(),
  /** Differences found so far and not repaired. */
  left: z.number(),
})
export type DriftPlace = z.infer<typeof driftPlace>

const BEGINNING: DriftPlace = { part: 'list', shard: 0, after: null, left: 0 }

interface Differing {
  difference: Difference
  expected: IndexEntry
}

const mayBeDelay = ({ difference }: Differing): boolean => difference === 'missing' || difference === 'behind'

/**
 * Confirms suspected differences, giving the projection time to catch up:
 * 1. reads the customers' rows, consistently;
 * 2. reads the index entries again and again until they match, or until the time is up;
 * 3. reads the rows once more if an entry seems newer than its row, because a row exists before its entry.
 */
async function confirmDifferences(
  { records, index }: DriftPorts,
  { pause }: Pick<RequestContext, 'pause'>,
  fields: ReadonlyMap<string, Field>,
  ids: readonly string[],
): Promise<Differing[]> {
  const readExpected = async (ids: readonly string[]) =>
    (await records.currents('customer', ids, true)).map(row => toEntry(row, fields))
  if (ids.length === 0) return []
  let open = await differing(index, await readExpected(ids))
  for (let look = 1; look <= LOOKS && open.some(mayBeDelay); look++) {
    await pause(look)
    open = await differing(
      index,
      open.map(({ expected: wanted }) => wanted),
    )
  }
  const ahead = open.filter(({ difference }) => difference === 'ahead')
  const now = new Map(
    (await readExpected(ahead.map(({ expected: wanted }) => wanted.id))).map(entry => [entry.id, entry.version]),
  )
  const truly = ahead.filter(
    ({ expected: { id }, actual: held }) => (held?.version ?? 0) > (now.get(id) ?? Number.POSITIVE_INFINITY),
  )
  return [...open.filter(suspect => !ahead.includes(suspect)), ...truly]
}

/** Scans list and index from a position. Returns suspected differences, and deletion markers for entries that only the index has. */
async function scan(ports: DriftPorts, fields: ReadonlyMap<string, Field>, from: DriftPlace, hasTime: () => boolean) {
  const { lists, index } = ports
  const suspects: string[] = []
  const marks: IndexEntry[] = []
  let [customers, entries] = [0, 0]
  let next: DriftPlace | null = from
  do {
    if (next.part === 'list') {
      const page = await lists.list('customer', next, PAGE)
      const expected = page.entries.map(({ entry }) => toEntry(entry, fields))
      suspects.push(...(await differing(index, expected)).map(difference => difference.expected.id))
      customers += expected.length
      next = page.next ? { ...next, ...page.next } : { ...next, part: 'index', shard: 0, after: null }
    } else {
      const ids = await index.listIds(next.after, PAGE)
      marks.push(...(await orphansAmong(ports, ids)))
      entries += ids.length
      next = ids.length < PAGE ? null : { ...next, after: ids.at(-1) ?? null }
    }
  } while (next !== null && suspects.length + marks.length < ENOUGH && hasTime())
  return { customers, entries, suspects, marks, next }
}

const toSample = (ids: readonly string[]) => ({ count: ids.length, ids: ids.slice(0, TOLD) })

/**
 * Compares the list with the index from a position, at least one page, and further while `hasTime` returns true.
 *
 * With `repair`, it puts entries that are missing, outdated or different, and deletion markers for entries without a customer. It cannot
 * repair an entry that is newer than its row: the index accepts no lower version, and at the same version it would ignore later changes.
 * Rebuild the index in that case.
 *
 * @throws Unavailable
 */
export async function drift(
  ports: DriftPorts,
  context: Pick<RequestContext, 'pause'>,
  fields: ReadonlyMap<string, Field>,
  place: DriftPlace | null,
  repair: boolean,
  hasTime: () => boolean,
): Promise<Omit<DriftAnswer, 'next'> & { next: DriftPlace | null }> {
  const from = place ?? BEGINNING
  const { customers, entries, suspects, marks, next } = await scan(ports, fields, from, hasTime)
  const differences = await confirmDifferences(ports, context, fields, suspects)
  const idsOf = (kind: Difference) =>
    differences.flatMap(difference => (difference.difference === kind ? [difference.expected.id] : []))
  const ahead = idsOf('ahead')
  const right = repair
    ? [...differences.flatMap(difference => (difference.difference === 'ahead' ? [] : [difference.expected])), ...marks]
    : []
  if (right.length > 0) await ports.index.put(right)
  const remaining = from.left + differences.length + marks.length - right.length
  if (next === null) await ports.locations.recordDrift(remaining)
  return {
    customers,
    entries,
    differences: {
      missing: toSample(idsOf('missing')),
      behind: toSample(idsOf('behind')),
      ahead: toSample(ahead),
      different: toSample(idsOf('different')),
      orphan: toSample(marks.map(({ id }) => id)),
    },
    repaired: right.length,
    needs_rebuild: ahead.length > 0,
    next: next && { ...next, left: remaining },
  }
}
