import { authorisedFields } from '#domain/fields/fields.ts'
import type { Place } from '#domain/ports.ts'
import { entryOf } from '#domain/search/entry.ts'
import { services } from '../services.ts'

const PAGE = 1000

/** Fills the index from the list: an index in memory begins empty with each process. What the stream brings beside it does no harm. */
export async function loadIndex(): Promise<void> {
  const { index, lists } = services()
  const fields = await authorisedFields(lists)
  let place: Place | null = { shard: 0, after: null }
  while (place) {
    const { entries, next }: Awaited<ReturnType<typeof lists.list>> = await lists.list('customer', place, PAGE)
    await index.put(entries.map(({ entry }) => entryOf(entry, fields)))
    place = next
  }
}
