import { authorisedFields } from '#domain/fields/fields.ts'
import type { Place } from '#domain/ports.ts'
import { entryOf } from '#domain/search/entry.ts'
import { services } from '../services.ts'

const PAGE = 1000

/** Fills the index from the list: an index in memory begins empty with each process. What the stream brings beside it does no harm. */
export async function loadIndex(): Promise<void> {
  const { index, lists } = services()
  const fields = await authorisedFields(lists)
  const read = (place: Place) => lists.list('customer', place, PAGE)
  let reading: ReturnType<typeof read> | null = read({ shard: 0, after: null })
  while (reading) {
    const { entries, next }: Awaited<ReturnType<typeof read>> = await reading
    // The engine reads the next page while this one is taken in.
    reading = next && read(next)
    await index.put(entries.map(({ entry }) => entryOf(entry, fields)))
  }
}
