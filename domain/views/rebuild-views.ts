import pMap from 'p-map'
import type { AccessStore } from '../audit/port.ts'
import type { RequestContext } from '../ports.ts'
import type { PurchaseStore } from '../purchases/port.ts'
import { followPurchases } from '../purchases/project-totals.ts'
import { applyTombstone } from '../records/apply-tombstone.ts'
import { toChangeLogEntry, toRedactedEntry } from '../records/change-log-entry.ts'
import type { ChangeLogStore, RecordStore } from '../records/port.ts'
import type { Kind } from '../records/version.ts'

type ViewPorts = { records: RecordStore; lines: ChangeLogStore; purchases: PurchaseStore; accesses: AccessStore }

/** Rows of the registry per page, and records rebuilt concurrently. */
const PAGE = 500
const CONCURRENCY = 10

/** Rebuilds a record's current row and change-log entries from the registry. Correct ones stay. */
async function rebuildRecord(
  ports: ViewPorts,
  context: Pick<RequestContext, 'pause'>,
  kind: Kind,
  id: string,
): Promise<void> {
  const { versions } = await ports.records.loadPartition(kind, id)
  const residues = await ports.records.redactedVersions(kind, id)
  await ports.lines.putLines([...versions.map(toChangeLogEntry), ...residues.map(toRedactedEntry)])
  await applyTombstone(ports.records, context, kind, id)
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
    await pMap(page.records, ({ kind, id }) => rebuildRecord(ports, context, kind, id), { concurrency: CONCURRENCY })
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
