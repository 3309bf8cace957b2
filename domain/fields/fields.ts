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

/** Puts a field as it shall be; changes nothing where it already is so. */
export async function putField(store: RecordStore, call: Call, { name, ...rest }: Field): Promise<void> {
  await change(store, call, 'field', name, row =>
    draft(
      row,
      { kind: 'field', id: name },
      { action: row ? 'update' : 'create', fields: rest, whole: row === null },
      call,
      store.versions('field', name, true),
    ),
  )
}
