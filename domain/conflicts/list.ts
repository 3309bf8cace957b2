import * as z from 'zod'
import type { Conflict } from '#contract/schemas/conflict.ts'
import { versionName } from '../customers/view.ts'
import type { Named, RecordStore } from '../ports.ts'
import type { Current } from '../records/current.ts'
import { digest } from '../records/digest.ts'
import type { Dispute } from '../records/dispute.ts'
import { keyOf, kind, type Version } from '../records/version.ts'
import { HOLD, toldOfHold } from '../retention/hold.ts'

/** Where a dispute stands among all: its record, then a digest of it. */
const place = z.tuple([kind, z.string(), z.string()])

const digestOf = ({ field, kept, lost }: Dispute): string => digest([field, kept, lost])

/** A conflict's id: opaque, and the same everywhere. */
const idOf = ({ kind, id }: Named, name: string): string =>
  Buffer.from(JSON.stringify([kind, id, name])).toString('base64url')

/** The record that a conflict's id names, and the dispute among its own; null where there is none such. */
export function findDispute(id: string): { record: Named; of(row: Current): Dispute | null } | null {
  const [of, record, name] = read(id) ?? []
  if (of === undefined || record === undefined) return null
  return {
    record: { kind: of, id: record },
    of: row => row.disputes.find(one => digestOf(one) === name) ?? null,
  }
}

function read(id: string): z.infer<typeof place> | null {
  try {
    return place.parse(JSON.parse(Buffer.from(id, 'base64url').toString()))
  } catch {
    return null
  }
}

const sideOf = (v: Version, field: string): Conflict['kept'] => ({
  value: v.snapshot[field] ?? null,
  action: v.action,
  actor: v.actor,
  location: v.location,
  valid_from: v.valid_from,
  recorded_at: v.recorded_at,
  version: versionName(keyOf(v)),
})

/** A conflict as it is told: a hold in plain words. */
export function toldOf<T extends Conflict>(conflict: T): T {
  const { field, kept, lost } = conflict
  const plain = (side: Conflict['kept']) => ({ ...side, value: toldOfHold(side.value) })
  return field === HOLD ? { ...conflict, kept: plain(kept), lost: plain(lost) } : conflict
}

/** A dispute with the values from its two versions; null where one of them is gone. */
export async function conflictOf(records: RecordStore, row: Current, one: Dispute): Promise<Conflict | null> {
  const { kind, id } = row
  const { field, kept, lost } = one
  const [holds, other] = await Promise.all([records.version(kind, id, kept), records.version(kind, id, lost)])
  if (holds === null || other === null) return null
  return {
    id: idOf(row, digestOf(one)),
    kind,
    customer: id,
    field,
    kept: sideOf(holds, field),
    lost: sideOf(other, field),
  }
}

/** A page of what is in conflict at this location, by record, from after the conflict with an id on. */
export async function listConflicts(
  records: RecordStore,
  limit: number,
  after: string | null,
): Promise<{ items: Conflict[]; next: string | null }> {
  const [of, id, name = ''] = (after === null ? null : read(after)) ?? []
  const from = of === undefined || id === undefined ? null : { kind: of, id }
  const { rows, next } = await records.disputed(from, limit)
  const open = rows.flatMap(row =>
    row.disputes
      .filter(one => row.kind !== of || row.id !== id || digestOf(one) > name)
      .sort((a, b) => (digestOf(a) < digestOf(b) ? -1 : 1))
      .map(one => ({ row, one })),
  )
  const page = open.slice(0, limit)
  const last = page.at(-1)
  const conflicts = await Promise.all(page.map(({ row, one }) => conflictOf(records, row, one)))
  const rest = last && open.length > limit ? idOf(last.row, digestOf(last.one)) : next && idOf(next, '')
  return { items: conflicts.filter(conflict => conflict !== null).map(toldOf), next: rest }
}
