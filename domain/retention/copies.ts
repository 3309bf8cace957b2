import * as z from 'zod'
import { mergedInto } from '../customers/merges.ts'
import { absorbedIn, MERGED_FROM } from '../customers/view.ts'
import type { RequestContext } from '../ports.ts'
import { rebuildCurrent } from '../records/apply-tombstone.ts'
import { toChangeLogEntry } from '../records/change-log-entry.ts'
import type { RecordStore } from '../records/port.ts'
import { type State, state, type Version } from '../records/version.ts'
import type { Copy } from './port.ts'

/** How far copies of copies are followed. */
const MAX_STEPS = 10

type Context = Pick<RequestContext, 'pause'>

const copiedValues = z
  .string()
  .transform(text => JSON.parse(text))
  .pipe(state)
  .catch({})

const statesOf = (v: Version): State[] => [v.snapshot, v.previousValues]

/** The values that a customer copied from another in a merge, according to one version. */
function copiedFrom(v: Version, from: string): State {
  const texts = statesOf(v).flatMap(values => values[MERGED_FROM + from] ?? [])
  return Object.assign({}, ...texts.map(text => copiedValues.parse(text)))
}

const pick = (values: State, only: State | null): State =>
  only === null ? values : Object.fromEntries(Object.entries(values).filter(([field, value]) => only[field] === value))

/**
 * The version without the values that its customer copied from another: neither in its state, nor in the previous values, nor in the note of
 * what was copied. A value counts as copied as long as it is equal, as in a split. Returns the version itself if there are none.
 *
 * @param only leaves other values than these; null for all.
 * @param erased whose values they were, if the other had copied them in turn.
 */
export function withoutCopies(v: Version, from: string, only: State | null = null, erased = from): Version {
  const copied = pick(copiedFrom(v, from), only)
  if (Object.keys(copied).length === 0) return v
  const note = MERGED_FROM + from
  const redact = (values: State): State =>
    Object.fromEntries(
      Object.entries(values).flatMap(([field, value]) => {
        if (field !== note) return copied[field] === value ? [] : [[field, value]]
        const rest = Object.entries(copiedValues.parse(value)).filter(([name]) => !(name in copied))
        return [[field, JSON.stringify(Object.fromEntries(rest))]]
      }),
    )
  return {
    ...v,
    snapshot: redact(v.snapshot),
    previousValues: redact(v.previousValues),
    redaction: {
      digest: toChangeLogEntry(v).digest,
      erased: [...new Set([...(v.redaction?.erased ?? []), erased])].sort(),
    },
  }
}

/** Whom the record was merged into, now or earlier, according to its versions. */
const survivorsIn = (versions: readonly Version[]): string[] => [
  ...new Set(versions.flatMap(statesOf).flatMap(values => mergedInto({ ...values, state: 'merged' }) ?? [])),
]

/** The customers that copied values of a customer with these versions. */
export const copiesOf = (from: string, versions: readonly Version[]): Copy[] =>
  survivorsIn(versions).map(customer => ({ customer, from }))

/** The customers that copied values of others and are not erased with them, because they were split from them. */
export async function findCopies(records: RecordStore, erased: readonly string[]): Promise<Copy[]> {
  const found = await Promise.all(
    erased.map(async from => {
      const { versions } = await records.loadPartition('customer', from)
      return copiesOf(from, versions)
    }),
  )
  return found.flat().filter(({ customer }) => !erased.includes(customer))
}

/** How many versions contain copies. */
export async function countCopies(records: RecordStore, copies: readonly Copy[]): Promise<number> {
  const counts = await Promise.all(
    copies.map(async ({ customer, from }) => {
      const { versions } = await records.loadPartition('customer', customer)
      return versions.filter(v => withoutCopies(v, from) !== v).length
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * Removes the values of an erased or purged customer from the history of one that it was merged into and split from. Idempotent.
 * 1. Customers that copied them from there in further merges come first, so that a repetition still finds what they copied.
 * 2. The versions are replaced; they keep their keys, clocks, and the digest of what they were.
 * 3. The current row is rebuilt, and by it the index.
 *
 * @throws Unavailable
 */
export async function removeCopies(
  records: RecordStore,
  context: Context,
  { customer, from }: Copy,
  { only = null, erased = from, steps = MAX_STEPS }: { only?: State | null; erased?: string; steps?: number } = {},
): Promise<void> {
  const { versions } = await records.loadPartition('customer', customer)
  const redacted = versions.map(v => withoutCopies(v, from, only, erased)).filter(v => !versions.includes(v))
  if (redacted.length === 0) return
  const copied = pick(Object.assign({}, ...versions.map(v => copiedFrom(v, from))), only)
  if (steps > 0)
    for (const survivor of survivorsIn(versions))
      await removeCopies(
        records,
        context,
        { customer: survivor, from: customer },
        { only: copied, erased, steps: steps - 1 },
      )
  await records.redact(redacted)
  await rebuildCurrent(records, context, 'customer', customer)
}

/** From whom a version's customer copied values that are still in the version. */
export const copiedSources = (v: Version): string[] =>
  v.kind === 'customer'
    ? [...new Set(statesOf(v).flatMap(absorbedIn))].filter(from => withoutCopies(v, from) !== v)
    : []
