import pMap from 'p-map'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { SHARDS } from '#adapters/dynamodb/items.ts'
import { lastKey } from '#domain/audit/entries.ts'
import { Unavailable } from '#domain/errors.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import { differing } from '#domain/search/difference.ts'
import { toEntry } from '#domain/search/entry.ts'
import { isFillable } from '#domain/search/port.ts'
import type { Ports } from '../runtime/ports.ts'
import { createServices, type Services } from '../runtime/services.ts'

const PAGE_SIZE = 500
/** How many partitions are read at the same time, so that the table engine is not idle while a page is being indexed. */
const CONCURRENCY = 2
/** How many customers of the list and of the index are compared to tell whether the index belongs to the list. */
const SAMPLE_SIZE = 200

type IndexSource = Pick<Ports, 'index' | 'lists' | 'records'>

/** Reports how many customers have been indexed, and which part of the list they are, from 0 to 1. */
export type IndexProgress = (indexed: number, part: number) => void

/** Fills an index from the list. Concurrent updates from the stream are safe. */
async function fillIndex({ index, lists }: IndexSource, progress: IndexProgress, into?: string): Promise<void> {
  const fields = await authorisedFields(lists)
  const options = into === undefined ? {} : { into }
  let [indexed, completed] = [0, 0]
  const fillFrom = async (shard: number) => {
    for (let after: string | null = null, isLast = false; !isLast; isLast = after === null) {
      const { records, next }: Awaited<ReturnType<typeof lists.listIndexed>> = await lists.listIndexed(
        shard,
        after,
        PAGE_SIZE,
      )
      await index.put(
        records.map(record => toEntry(record, fields)),
        options,
      )
      after = next
      indexed += records.length
      if (next === null) completed += 1
      progress(indexed, completed / SHARDS)
    }
  }
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard)
  await pMap(shards, fillFrom, { concurrency: CONCURRENCY })
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
  if (isFillable(index)) {
    await index.beginFilling()
    await fillIndex(ports, progress)
    return index.endFilling()
  }
  // An index built by another version cannot be read either. An unreachable one is not replaced.
  if (await isIndexOfThisList(ports).catch(() => false)) return
  const name = await index.create()
  await fillIndex(ports, progress, name)
  await index.promote(name)
}

/** Begins to find the latest audit entries in this process: those that are stored from now on. */
async function beginRecentEntries({ tables, recentEntries }: Services): Promise<void> {
  if (recentEntries === null) return
  recentEntries.begin(await lastKey(new DynamoAuditStore(tables, true)))
}

/** Prepares the index; false if it is unreachable. */
export async function bootstrapIndex(progress: IndexProgress = () => undefined): Promise<boolean> {
  try {
    const services = createServices()
    await beginRecentEntries(services)
    await bootstrap(services, progress)
    return true
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}
