import { SHARDS } from '#adapters/dynamodb/items.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { Unavailable } from '#domain/errors.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import type { PagePosition } from '#domain/records/port.ts'
import { differing } from '#domain/search/difference.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { Ports } from '../runtime/ports.ts'
import { createServices } from '../runtime/services.ts'

const PAGE_SIZE = 1000
/** How many customers of the list and of the index are compared to tell whether the index belongs to the list. */
const SAMPLE_SIZE = 200

type IndexSource = Pick<Ports, 'index' | 'lists' | 'records'>

/** Reports how many customers have been indexed, and which part of the list they are, from 0 to 1. */
export type IndexProgress = (indexed: number, part: number) => void

/** Fills an index from the list. Concurrent updates from the stream are safe. */
async function fillIndex({ index, lists }: IndexSource, progress: IndexProgress, into?: string): Promise<void> {
  const fields = await authorisedFields(lists)
  const readPage = (position: PagePosition) => lists.list('customer', position, PAGE_SIZE)
  let pending: ReturnType<typeof readPage> | null = readPage({ shard: 0, after: null })
  let indexed = 0
  while (pending) {
    const { entries, next }: Awaited<ReturnType<typeof readPage>> = await pending
    // Read the next page while this one is being indexed.
    pending = next && readPage(next)
    await index.put(
      entries.map(({ entry }) => toEntry(entry, fields)),
      into === undefined ? {} : { into },
    )
    indexed += entries.length
    progress(indexed, next ? next.shard / SHARDS : 1)
  }
}

/** Whether a persistent index belongs to this list: samples of each are in the other. The stream brings what is missing. */
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
 * Prepares the index when a process that runs everything starts. An in-memory index starts empty and is filled. A persistent index is rebuilt
 * if it does not belong to this list; otherwise the stream continues where it was.
 *
 * @throws Unavailable
 */
async function bootstrap(ports: IndexSource, progress: IndexProgress): Promise<void> {
  const { index } = ports
  if (index instanceof MemoryIndex) {
    index.beginFilling()
    await fillIndex(ports, progress)
    return index.endFilling()
  }
  // An index built by another version cannot be read either. An unreachable one is not replaced.
  if (await isIndexOfThisList(ports).catch(() => false)) return
  const name = await index.create()
  await fillIndex(ports, progress, name)
  await index.promote(name)
}

/** Prepares the index; false if it is unreachable. */
export async function bootstrapIndex(progress: IndexProgress = () => undefined): Promise<boolean> {
  try {
    await bootstrap(createServices(), progress)
    return true
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}
