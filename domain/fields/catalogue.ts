import type { DefinitionState } from '#contract/schemas/definition.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore } from '../records/port.ts'
import { type Definable, toState } from './lifecycle.ts'

/** Read at once: there are few, and a filter leaves most of them out. */
const PAGE_SIZE = 100

/** A page of fields or types by name, after a name; all of them, or those in one state. */
export async function listDefinitions(
  store: ListStore,
  kind: Definable,
  state: DefinitionState | undefined,
  limit: number,
  after: string | null,
): Promise<{ rows: CurrentRecord[]; next: string | null }> {
  const rows: CurrentRecord[] = []
  for (let from = after; ; ) {
    const { entries, next } = await store.list(kind, { shard: 0, after: from }, PAGE_SIZE, true)
    for (const { entry } of entries) {
      if (state !== undefined && toState(entry) !== state) continue
      if (rows.length === limit) return { rows, next: rows.at(-1)?.id ?? null }
      rows.push(entry)
    }
    if (next === null) return { rows, next: null }
    from = next.after
  }
}
