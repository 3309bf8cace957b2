import type { DefinitionState } from '#contract/schemas/definition.ts'
import type { TypeAnswer } from '#contract/schemas/type.ts'
import type { ListStore } from '../records/port.ts'
import { listDefinitions } from './catalogue.ts'
import { builtInTypes, toTypeResponse } from './types.ts'

/** A page of types after a name, in any or one state: first the built-in ones, which have no record, then the others by name. */
export async function listTypes(
  store: ListStore,
  state: DefinitionState | undefined,
  limit: number,
  after: string | null,
): Promise<{ items: TypeAnswer[]; next: string | null }> {
  const among = builtInTypes.findIndex(({ name }) => name === after)
  const open = builtInTypes.filter(
    (type, n) => (after === null || (among >= 0 && n > among)) && (state ?? type.state) === type.state,
  )
  const first = open.slice(0, limit)
  const remaining = limit - first.length
  // One more than the page holds, to know whether there are more.
  const { rows, next } = await listDefinitions(store, 'type', state, Math.max(remaining, 1), among >= 0 ? null : after)
  const items = [...first, ...rows.slice(0, remaining).map(toTypeResponse)]
  const hasMore = remaining > 0 ? next !== null : open.length > limit || rows.length > 0
  return { items, next: hasMore ? (items.at(-1)?.name ?? null) : null }
}
