import pMap from 'p-map'
import type { AccessStore } from '../audit/port.ts'
import type { RequestContext } from '../ports.ts'
import type { PurchaseStore } from '../purchases/port.ts'
import { followPurchases } from '../purchases/project-totals.ts'
import { applyTombstone } from '../records/apply-tombstone.ts'
import { type RedactedVersion, toChangeLogEntry, toRedactedEntry } from '../records/change-log-entry.ts'
import { foldAll } from '../records/current.ts'
import type { ChangeLogStore, RecordRef, RecordStore, StoredRow } from '../records/port.ts'
import { isCovered, type RecordPartition } from '../records/tombstone.ts'

type ViewPorts = { records: RecordStore; lines: ChangeLogStore; purchases: PurchaseStore; accesses: AccessStore }

/** Rows of the registry per page. */
const PAGE = 500
/** Records whose rows and change-log entries are read together, and such groups rebuilt concurrently. */
const GROUP = 25
const CONCURRENCY = 2

interface StoredRecord extends RecordRef {
  stored: StoredRow | null
  partition: RecordPartition
  redacted: RedactedVersion[]
}

/** What is stored of records. Rows are read before partitions, so that no row has a version that its partition lacks. */
async function readRecords(records: RecordStore, refs: readonly RecordRef[]): Promise<StoredRecord[]> {
  const byKind = [...Map.groupBy(refs, ({ kind }) => kind)]
  const rows = await Promise.all(
    byKind.map(([kind, ofKind]) =>
      records.storedRows(
        kind,
        ofKind.map(({ id }) => id),
      ),
    ),
  )
  const byRecord = new Map(rows.flat().map(stored => [`${stored.row.kind}#${stored.row.id}`, stored]))
  return Promise.all(
    refs.map(async ({ kind, id }) => ({
      kind,
      id,
      stored: byRecord.get(`${kind}#${id}`) ?? null,
      partition: await records.loadPartition(kind, id),
      redacted: await records.redactedVersions(kind, id),
    })),
  )
}

/** Whether applying the record's tombstones would change neither its row nor its versions. */
function isCorrect({ kind, stored, partition: { versions, tombstone } }: StoredRecord): boolean {
  if (!stored || tombstone.erased) return false
  if (kind === 'decision' && versions.some(v => isCovered(tombstone, v))) return false
  const row = foldAll(versions, tombstone)
  return row !== null && stored.isStoredAs(row)
}

/**
 * Rebuilds the current rows and change-log entries of records from the registry. Correct ones are only read. A record that is not correct is
 * read again before it is changed: its tombstone may have arrived or been withdrawn since the group was read.
 */
async function rebuildRecords(
  { records, lines }: ViewPorts,
  context: Pick<RequestContext, 'pause'>,
  refs: readonly RecordRef[],
): Promise<void> {
  const read = await readRecords(records, refs)
  await lines.restoreLines([
    ...read.flatMap(({ partition }) => partition.versions.map(toChangeLogEntry)),
    ...read.flatMap(({ redacted }) => redacted.map(toRedactedEntry)),
  ])
  const wrong = read.filter(record => !isCorrect(record))
  await Promise.all(wrong.map(({ kind, id }) => applyTombstone(records, context, kind, id)))
}

/**
 * Rebuilds this location's views from its registry, including purchases, from a position, at least one page and further while `hasTime`
 * returns true. Writes may continue: a row is put only if it is still the one that was read, and readers without a row fold it.
 *
 * @throws Unavailable
 */
export async function rebuildViews(
  ports: ViewPorts,
  context: Pick<RequestContext, 'pause'>,
  place: string | null,
  hasTime: () => boolean,
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
  } while (next !== null && hasTime())
  return { records: rebuilt, next }
}
