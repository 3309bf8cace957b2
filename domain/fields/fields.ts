import { type Field, field } from '#contract/schemas/field.ts'
import type { Call, ListStore, RecordStore } from '../ports.ts'
import { change } from '../records/change.ts'
import { draft } from '../records/draft.ts'

/** How many fields there can be. */
const MOST = 500

/** The fields that values are accepted and searched for, by name. */
export async function authorisedFields(store: ListStore): Promise<ReadonlyMap<string, Field>> {
  const { entries } = await store.list('field', { shard: 0, after: null }, MOST)
  const fields = entries.map(({ entry }) => field.parse({ ...entry.snapshot, name: entry.id }))
  return new Map(fields.filter(({ state }) => state === 'authorised').map(one => [one.name, one]))
}

/** Puts a field that there has never been; one that there is stays as it is. */
export async function addField(store: RecordStore, call: Call, { name, ...fields }: Field): Promise<void> {
  const id = { kind: 'field', id: name } as const
  await change(store, call, 'field', name, async row =>
    row ? null : draft(null, id, { action: 'create', fields, whole: true }, call, store.versions('field', name, true)),
  )
}
