import * as z from 'zod'
import type { Field } from '#contract/schemas/field.ts'
import { type RebuildAnswer, rebuildPhase } from '#contract/schemas/operations.ts'
import type { ListStore, PagePosition, RecordStore } from '../records/port.ts'
import { differing } from './difference.ts'
import { toEntry } from './entry.ts'
import { orphansAmong } from './orphans.ts'
import type { CandidateIndex, IndexEntry } from './port.ts'

type RebuildPorts = { lists: ListStore; records: RecordStore; index: CandidateIndex }

/** How many customers one step reads. */
const PAGE = 500

/** The state of a rebuild: the new index and the next step. */
export const rebuildPlace = z.object({
  name: z.string(),
  phase: rebuildPhase,
  shard: z.number(),
  after: z.string().nullable(),
})
export type RebuildPlace = z.infer<typeof rebuildPlace>

interface Step {
  read: number
  /** Entries written in `fill`, and in later phases. */
  filled: number
  mended: number
  next: RebuildPlace | null
}

const NOTHING = { read: 0, filled: 0, mended: 0 }

const BEGINNING: PagePosition = { shard: 0, after: null }

const at = (name: string, phase: RebuildPlace['phase'], place: PagePosition = BEGINNING): RebuildPlace => ({
  name,
  phase,
  shard: place.shard,
  after: place.after,
})

/** A page of the list, as index entries. */
async function toPage(
  { lists }: RebuildPorts,
  fields: ReadonlyMap<string, Field>,
  { shard, after }: RebuildPlace,
  size: number,
  consistent: boolean,
): Promise<{ entries: IndexEntry[]; next: PagePosition | null }> {
  const { entries, next } = await lists.list('customer', { shard, after }, size, consistent)
  return { entries: entries.map(({ entry }) => toEntry(entry, fields)), next }
}

/** Writes the entries that differ in the index. An entry with a later version is newer than the read, and stays. */
async function putDifferences({ index }: RebuildPorts, entries: readonly IndexEntry[], into?: string): Promise<number> {
  const others = await differing(index, entries, into)
  const wanted = others.flatMap(difference => (difference.difference === 'ahead' ? [] : [difference.expected]))
  if (wanted.length > 0) await index.put(wanted, into === undefined ? {} : { into })
  return wanted.length
}

async function sweep(ports: RebuildPorts, place: RebuildPlace, size: number): Promise<Step> {
  const ids = await ports.index.listIds(place.after, size)
  const marks = await orphansAmong(ports, ids)
  if (marks.length > 0) await ports.index.put(marks)
  const last = ids.at(-1) ?? null
  const next = ids.length < size ? null : at(place.name, 'sweep', { shard: 0, after: last })
  return { read: ids.length, filled: 0, mended: marks.length, next }
}

/**
 * One step of rebuilding the index while writes continue. Steps follow one another from `null` to `null`; each may be repeated.
 *
 * 1. `fill`: creates an empty index beside the one in use, and puts the whole list into it.
 * 2. `compare`: reads the list again and puts what was written meanwhile, so that little is missing when the index changes.
 * 3. `adopt`: promotes the new index.
 * 4. `settle`: reads the list once more, consistently, and puts what the promoted index lacks.
 * 5. `sweep`: removes customers that the list has lost since: a rebuild must not bring back anyone who was erased.
 *
 * Nothing is missed, for three reasons. A row is committed before its entry is put. An entry changes nothing if the index has a later
 * version, so entries may arrive repeatedly, late and in any order. And `settle` begins when the new index is in use. Consider any
 * committed row. If it was committed before `settle` read its page, that consistent read saw it or a later one, and the index has it from
 * then on. If it was committed afterwards, its entry was put later still, into the new index. An entry that was put into the old index
 * before `adopt` belongs to the first case. The reads of steps 1 and 2 may therefore be inconsistent.
 *
 * @throws Unavailable, also if another rebuild was started meanwhile.
 */
export async function rebuildStep(
  ports: RebuildPorts,
  fields: ReadonlyMap<string, Field>,
  place: RebuildPlace | null,
  size = PAGE,
): Promise<Step> {
  const { index } = ports
  if (place === null) return { ...NOTHING, next: at(await index.create(), 'fill') }
  const { name, phase } = place
  if (phase === 'adopt') {
    await index.promote(name)
    return { ...NOTHING, next: at(name, 'settle') }
  }
  if (phase === 'sweep') return sweep(ports, place, size)
  const { entries, next } = await toPage(ports, fields, place, size, phase === 'settle')
  const after = { fill: 'compare', compare: 'adopt', settle: 'sweep' } as const
  const nextPlace = next ? at(name, phase, next) : at(name, after[phase])
  if (phase !== 'fill') {
    const mended = await putDifferences(ports, entries, phase === 'settle' ? undefined : name)
    return { read: entries.length, filled: 0, mended, next: nextPlace }
  }
  if (entries.length > 0) await index.put(entries, { into: name })
  return { read: entries.length, filled: entries.length, mended: 0, next: nextPlace }
}

/**
 * Rebuilds the index from a position, at least one step and further while `hasTime` returns true. Returns the next position; null when done.
 *
 * @throws Unavailable
 */
export async function rebuild(
  ports: RebuildPorts,
  fields: ReadonlyMap<string, Field>,
  place: RebuildPlace | null,
  hasTime: () => boolean,
): Promise<Omit<RebuildAnswer, 'next'> & { next: RebuildPlace | null }> {
  const done = { ...NOTHING }
  let phase = place?.phase ?? 'fill'
  let next = place
  do {
    phase = next?.phase ?? phase
    const step = await rebuildStep(ports, fields, next)
    done.read += step.read
    done.filled += step.filled
    done.mended += step.mended
    next = step.next
  } while (next !== null && hasTime())
  return { phase, ...done, next }
}
