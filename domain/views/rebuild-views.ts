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

/** Rows of the registry that are looked at in one go, and records that are made anew at once. */
const PAGE = 500
const CONCURRENCY = 10

/** Makes a record's current row and lines anew from what the registry has of it; what is right already stays. */
async function rebuildRecord(
  ports: ViewPorts,
  call: Pick<RequestContext, 'pause'>,
  kind: Kind,
  id: string,
): Promise<void> {
  const { versions } = await ports.records.loadPartition(kind, id)
  const residues = await ports.records.redactedVersions(kind, id)
  await ports.lines.putLines([...versions.map(toChangeLogEntry), ...residues.map(toRedactedEntry)])
  await applyTombstone(ports.records, call, kind, id)
}

/**
 * Makes this location's views anew from its registry, from a place on, those of purchases too, as long as `goOn` says so: one page at least. The location works
 * meanwhile: a row is put only where it is still the one that was read, and whoever finds none folds it.
 *
 * @throws Unavailable
 */
export async function rebuildViews(
  ports: ViewPorts,
  call: Pick<RequestContext, 'pause'>,
  place: string | null,
  goOn: () => boolean,
): Promise<{ records: number; next: string | null }> {
  let made = 0
  let next = place
  do {
    const page = await ports.records.records(next, PAGE)
    await pMap(page.records, ({ kind, id }) => rebuildRecord(ports, call, kind, id), { concurrency: CONCURRENCY })
    for (const [user, mine] of Map.groupBy(page.purchases, ({ user }) => user))
      await followPurchases(
        ports.purchases,
        call,
        user,
        mine.map(({ id }) => ({ id, timestamp: null })),
      )
    await ports.accesses.noteDays(page.days)
    made += page.records.length
    next = page.next
  } while (next !== null && goOn())
  return { records: made, next }
}
