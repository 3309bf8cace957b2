import pMap from 'p-map'
import type { AccessStore } from '../audit/port.ts'
import type { RequestContext } from '../ports.ts'
import type { PurchaseStore } from '../purchases/port.ts'
import { followPurchases } from '../purchases/project-totals.ts'
import { applyTombstone } from '../records/apply-tombstone.ts'
import { toChangeLogEntry, toRedactedEntry } from '../records/change-log-entry.ts'
import type { ChangeLogStore, RecordRef, RecordStore } from '../records/port.ts'

type ViewPorts = { records: RecordStore; lines: ChangeLogStore; purchases: PurchaseStore; accesses: AccessStore }

/** Rows of the registry per page. */
const PAGE = 500
/** Records whose rows and change-log entries are read together, and such groups rebuilt concurrently. */
const GROUP = 25
const CONCURRENCY = 2

/** The records with their current rows, which are read before the partitions. */
async function readRows(records: RecordStore, refs: readonly RecordRef[]) {
  const byKind = [...Map.groupBy(refs, ({ kind }) => kind)]
  const groups = byKind.map(async ([kind, refs]) => {
    const ids = refs.map(({ id }) => id)
    const rows = new Map((await records.storedRows(kind, ids)).map(stored => [stored.row.id, stored]))
    return ids.map(id => ({ kind, id, stored: rows.get(id) ?? null }))
  })
  return (await Promise.all(groups)).flat()
}

/** Rebuilds the current rows and change-log entries of records from the registry. Correct ones are only read. */
async function rebuildRecords(
  { records, lines }: ViewPorts,
  context: Pick<RequestContext, 'pause'>,
  refs: readonly RecordRef[],
): Promise<void> {
  const rows = await readRows(records, refs)
  const read = await Promise.all(
    rows.map(async record => ({ ...record, partition: await records.loadPartition(record.kind, record.id) })),
  )
  const redacted = await Promise.all(refs.map(({ kind, id }) => records.redactedVersions(kind, id)))
  await lines.restoreLines([
    ...read.flatMap(({ partition }) => partition.versions.map(toChangeLogEntry)),
    ...redacted.flat().map(toRedactedEntry),
  ])
  await Promise.all(read.map(({ kind, id, ...record }) => applyTombstone(records, context, kind, id, record)))
}

/**
 * Rebuilds this location's views from its registry, including purchases, from a position, at least one page and further while `goOn`
 * returns true. Writes may continue: a row is put only if it is still the one that was read, and readers without a row fold it.
 *
 * @throws Unavailable
 */
export async function rebuildViews(
  ports: ViewPorts,
  context: Pick<RequestContext, 'pause'>,
  place: string | null,
  goOn: () => boolean,
): Promise<{ records: number; next: string | null }> {
  let rebuilt = 0
  let next = place
  do {
    const page = await ports.records.records(next, PAGE)
    const groups = Array.from({ length: Math.ceil(page.records.length / GROUP) }, (_, n) =>
      page.records.slice(n * GROUP, (n + 1) * GROUP),
    )
    await pMap(groups, group => rebuildRecords(ports, context, group), { concurrency: CONCURRENCY })
    for (const [user, userPurchases] of Map.groupBy(page.purchases, ({ user }) => user))
      await followPurchases(
        ports.purchases,
        context,
        user,
        userPurchases.map(({ id }) => ({ id, timestamp: null })),
      )
    await ports.accesses.noteDays(page.days)
    rebuilt += page.records.length
    next = page.next
  } while (next !== null && goOn())
  return { records: rebuilt, next }
}
