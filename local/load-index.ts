import { authorisedFields } from '#domain/fields/fields.ts'
import { entryOf } from '#domain/search/entry.ts'
import { services } from '#functions/services.ts'
import type { Service } from './service.ts'

const PAGE = 1000

/** The index in memory begins empty with each process: this fills it from the list. What the stream brings beside it does no harm. */
export const loadIndex: Service = {
  name: 'index',
  async start() {
    const { index, lists } = services()
    const fields = await authorisedFields(lists)
    for (let place: Parameters<typeof lists.list>[1] | null = { shard: 0, after: null }; place; ) {
      const { rows, next }: Awaited<ReturnType<typeof lists.list>> = await lists.list('customer', place, PAGE)
      await index.put(rows.map(row => entryOf(row, fields)))
      place = next
    }
  },
  async stop() {},
}
