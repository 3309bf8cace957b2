import * as z from 'zod'
import type { Conflict } from '#contract/schemas/conflict.ts'
import { versionName } from '../customers/view.ts'
import type { FieldConflict } from '../records/conflict.ts'
import type { CurrentRecord } from '../records/current.ts'
import { digest } from '../records/digest.ts'
import type { RecordRef, RecordStore } from '../records/port.ts'
import { kind, toKey, type Version } from '../records/version.ts'
import { HOLD, redactHold } from '../retention/hold.ts'

/** The position of a conflict among all: its record, then a digest of the conflict. */
const place = z.tuple([kind, z.string(), z.string()])

const toDigest = ({ field, kept, lost }: FieldConflict): string => digest([field, kept, lost])

/** A conflict's id: opaque, and the same at all locations. */
const toId = ({ kind, id }: RecordRef, name: string): string =>
  Buffer.from(JSON.stringify([kind, id, name])).toString('base64url')

/** The record that a conflict's id names, and how to find the conflict among the record's; null if the id is invalid. */
export function findDispute(id: string): { record: RecordRef; of(row: CurrentRecord): FieldConflict | null } | null {
  const [of, record, name] = read(id) ?? []
  if (of === undefined || record === undefined) return null
  return {
    record: { kind: of, id: record },
    of: row => row.disputes.find(conflict => toDigest(conflict) === name) ?? null,
  }
}

function read(id: string): z.infer<typeof place> | null {
  try {
    return place.parse(JSON.parse(Buffer.from(id, 'base64url').toString()))
  } catch {
    return null
  }
}

const toSide = (v: Version, field: string): Conflict['kept'] => ({
  value: v.snapshot[field] ?? null,
  action: v.action,
  actor: v.actor,
  location: v.location,
  valid_from: v.valid_from,
  recorded_at: v.recorded_at,
  version: versionName(toKey(v)),
})

/** A conflict as it is shown: holds as text. */
export function redact<T extends Conflict>(conflict: T): T {
  const { field, kept, lost } = conflict
  const plain = (side: Conflict['kept']) => ({ ...side, value: redactHold(side.value) })
  return field === HOLD ? { ...conflict, kept: plain(kept), lost: plain(lost) } : conflict
}

/** A conflict with the values of its two versions; null if one of them no longer exists. */
export async function toConflict(
  records: RecordStore,
  row: CurrentRecord,
  conflict: FieldConflict,
): Promise<Conflict | null> {
  const { kind, id } = row
  const { field, kept, lost } = conflict
  const [winning, losing] = await Promise.all([records.version(kind, id, kept), records.version(kind, id, lost)])
  if (winning === null || losing === null) return null
  return {
    id: toId(row, toDigest(conflict)),
    kind,
    customer: id,
    field,
    kept: toSide(winning, field),
    lost: toSide(losing, field),
  }
}

/** A page of the conflicts at this location, by record, after the conflict with the given id. */
export async function listConflicts(
  records: RecordStore,
  limit: number,
  after: string | null,
): Promise<{ items: Conflict[]; next: string | null }> {
  const [of, id, name = ''] = (after === null ? null : read(after)) ?? []
  const from = of === undefined || id === undefined ? null : { kind: of, id }
  const { rows, next } = await records.conflicted(from, limit)
  const open = rows.flatMap(row =>
    row.disputes
      .filter(conflict => row.kind !== of || row.id !== id || toDigest(conflict) > name)
      .sort((a, b) => (toDigest(a) < toDigest(b) ? -1 : 1))
      .map(conflict => ({ row, one: conflict })),
  )
  const page = open.slice(0, limit)
  const last = page.at(-1)
  const conflicts = await Promise.all(page.map(({ row, one: conflict }) => toConflict(records, row, conflict)))
  const rest = last && open.length > limit ? toId(last.row, toDigest(last.one)) : next && toId(next, '')
  return { items: conflicts.filter(conflict => conflict !== null).map(redact), next: rest }
}
