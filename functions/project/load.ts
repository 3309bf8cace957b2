import { Unavailable } from '#domain/errors.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import type { Place, Ports } from '#domain/ports.ts'
import { differing } from '#domain/search/difference.ts'
import { entryOf } from '#domain/search/entry.ts'
import { services } from '../services.ts'

const PAGE = 1000
/** Customers of the list, and of the index, that are looked at to tell whether the two belong together. */
const SAMPLE = 200

type Filled = Pick<Ports, 'index' | 'lists' | 'records'>

/** Fills an index from the list. What the stream brings beside it does no harm. */
async function fill({ index, lists }: Filled, into?: string): Promise<void> {
  const fields = await authorisedFields(lists)
  const read = (place: Place) => lists.list('customer', place, PAGE)
  let reading: ReturnType<typeof read> | null = read({ shard: 0, after: null })
  while (reading) {
    const { entries, next }: Awaited<ReturnType<typeof read>> = await reading
    // The engine reads the next page while this one is taken in.
    reading = next && read(next)
    await index.put(
      entries.map(({ entry }) => entryOf(entry, fields)),
      into === undefined ? {} : { into },
    )
  }
}

/** Whether an index that outlives processes is this list's: some of each are in the other. What is behind comes with the stream. */
async function belongs({ index, lists, records }: Filled): Promise<boolean> {
  const ids = await index.listed(null, SAMPLE)
  const rows = await records.currents('customer', ids, false)
  if (rows.length < ids.length) return false
  const fields = await authorisedFields(lists)
  const { entries } = await lists.list('customer', { shard: 0, after: null }, SAMPLE)
  const differences = await differing(
    index,
    entries.map(({ entry }) => entryOf(entry, fields)),
  )
  return differences.every(({ difference }) => difference === 'behind')
}

/**
 * Makes the index ready when a process starts that runs everything: one in memory begins empty; another one is made anew if it is not this
 * list's (the list was begun anew, or the index was lost), else the stream goes on where it was.
 *
 * @throws Unavailable
 */
async function prepare(own: Filled): Promise<void> {
  const { index } = own
  if (index.engine === 'memory') return fill(own)
  // An index of another version of the program cannot be looked into either; one that does not answer does not begin another.
  if (await belongs(own).catch(() => false)) return
  const name = await index.begin()
  await fill(own, name)
  await index.adopt(name)
}

/** Makes the index ready; false when it does not answer. */
export async function prepareIndex(): Promise<boolean> {
  try {
    await prepare(services())
    return true
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}
