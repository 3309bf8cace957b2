import type { Conflict } from '#contract/schemas/conflict.ts'
import { versionName } from '../customers/view.ts'
import type { Ports } from '../ports.ts'
import type { Dispute } from '../records/dispute.ts'
import { keyOf, type Version } from '../records/version.ts'

/** A conflict's id: its name in the store, opaque. */
export const idOf = (name: string): string => Buffer.from(name).toString('base64url')
export const nameOf = (id: string): string => Buffer.from(id, 'base64url').toString()

const sideOf = (v: Version, field: string): Conflict['kept'] => ({
  value: v.snapshot[field] ?? null,
  action: v.action,
  actor: v.actor,
  location: v.location,
  valid_from: v.valid_from,
  recorded_at: v.recorded_at,
  version: versionName(keyOf(v)),
})

/** A dispute as it is shown, from its two versions; null where one of them is gone. */
export async function conflictOf(
  { records }: Pick<Ports, 'records'>,
  name: string,
  { kind, id, field, kept, lost }: Dispute,
): Promise<Conflict | null> {
  const [holds, other] = await Promise.all([records.version(kind, id, kept), records.version(kind, id, lost)])
  if (holds === null || other === null) return null
  return { id: idOf(name), kind, customer: id, field, kept: sideOf(holds, field), lost: sideOf(other, field) }
}

/** A page of what is in conflict at this location, by customer. */
export async function listConflicts(
  ports: Pick<Ports, 'records' | 'disputes'>,
  limit: number,
  after: string | null,
): Promise<{ items: Conflict[]; next: string | null }> {
  const { disputes, next } = await ports.disputes.list(after, limit)
  const conflicts = await Promise.all(disputes.map(({ name, dispute }) => conflictOf(ports, name, dispute)))
  return { items: conflicts.filter(one => one !== null), next }
}
