import { Unavailable } from '#domain/errors.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import type { PagePosition } from '#domain/records/port.ts'
import { differing } from '#domain/search/difference.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { Ports } from '../runtime/ports.ts'
import { createServices } from '../runtime/services.ts'

const PAGE_SIZE = 1000
/** Customers of the list, and of the index, that are looked at to tell whether the two belong together. */
const SAMPLE_SIZE = 200

type IndexSource = Pick<Ports, 'index' | 'lists' | 'records'>

/** Fills an index from the list. What the stream brings beside it does no harm. */
async function fillIndex({ index, lists }: IndexSource, into?: string): Promise<void> {
  const fields = await authorisedFields(lists)
  const readPage = (position: PagePosition) => lists.list('customer', position, PAGE_SIZE)
  let pending: ReturnType<typeof readPage> | null = readPage({ shard: 0, after: null })
  while (pending) {
    const { entries, next }: Awaited<ReturnType<typeof readPage>> = await pending
    // The engine reads the next page while this one is taken in.
    pending = next && readPage(next)
    await index.put(
      entries.map(({ entry }) => toEntry(entry, fields)),
      into === undefined ? {} : { into },
    )
  }
}

/** Whether an index that outlives processes is this list's: some of each are in the other. What is behind comes with the stream. */
async function isIndexOfThisList({ index, lists, records }: IndexSource): Promise<boolean> {
  const ids = await index.listIds(null, SAMPLE_SIZE)
  const rows = await records.currents('customer', ids, false)
  if (rows.length < ids.length) return false
  const fields = await authorisedFields(lists)
  const { entries } = await lists.list('customer', { shard: 0, after: null }, SAMPLE_SIZE)
  const differences = await differing(
    index,
    entries.map(({ entry }) => toEntry(entry, fields)),
  )
  return differences.every(({ difference }) => difference === 'behind')
}

/**
 * Makes the index ready when a process starts that runs everything: one in memory begins empty; another one is made anew if it is not this
 * list's (the list was begun anew, or the index was lost), else the stream goes on where it was.
 *
 * @throws Unavailable
 */
async function bootstrap(ports: IndexSource): Promise<void> {
  const { index } = ports
  if (index.engine === 'memory') return fillIndex(ports)
  // An index of another version of the program cannot be looked into either; one that does not answer does not begin another.
  if (await isIndexOfThisList(ports).catch(() => false)) return
  const name = await index.create()
  await fillIndex(ports, name)
  await index.promote(name)
}

/** Makes the index ready; false when it does not answer. */
export async function bootstrapIndex(): Promise<boolean> {
  try {
    await bootstrap(createServices())
    return true
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}
