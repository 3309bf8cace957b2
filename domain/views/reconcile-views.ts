import pMap from 'p-map'
import type { AccessStore } from '../audit/port.ts'
import type { PairStore } from '../duplicates/port.ts'
import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { deletePurchases } from '../purchases/delete-purchases.ts'
import type { PurchaseStore } from '../purchases/port.ts'
import { followPurchases } from '../purchases/project-totals.ts'
import { applyMissedTombstones, applyTombstone, rebuildCurrent } from '../records/apply-tombstone.ts'
import { toChangeLogEntry, toRedactedEntry } from '../records/change-log-entry.ts'
import type { ChangeLogStore, RecordStore } from '../records/port.ts'
import { reconcile } from '../records/reconcile.ts'
import type { Kind, Version } from '../records/version.ts'
import { copiedSources, removeCopies } from '../retention/copies.ts'
import { finishErasure } from '../retention/finish-erasure.ts'
import type { ErasureStore } from '../retention/port.ts'
import { ofType, type RegistryChange, toErasedCustomers } from './registry-change.ts'

/** How many records are folded concurrently; their rows are read in one round trip. */
const RECORD_CONCURRENCY = 25
/** How many users' purchases are counted concurrently. */
const USER_CONCURRENCY = 10

export interface ViewPorts {
  records: RecordStore
  lines: ChangeLogStore
  locations: LocationStore
  purchases: PurchaseStore
  accesses: AccessStore
  erasures: Pick<ErasureStore, 'erased' | 'about' | 'keep'>
  pairs: PairStore
}

type Context = Pick<RequestContext, 'location' | 'pause' | 'now'>

export interface ReconcileReport {
  /** Versions that got a change-log entry. */
  lines: number
  /** Versions from other locations that were folded in, and those that are pending. */
  folded: number
  waiting: number
  disputes: number
}

/**
 * Updates this location's views from a batch of the registry's changes:
 * 1. writes a change-log entry for each version, under its recording day and its valid day;
 * 2. folds versions from other locations into the current rows (local writes have updated theirs already);
 * 3. applies tombstones that arrived before a row existed;
 * 4. finishes erasures, which may have been interrupted;
 * 5. removes values of erased customers from versions that arrive late;
 * 6. rebuilds the rows of records whose versions were deleted.
 *
 * It also counts purchases, and records heartbeats, the stream position and the days with accesses. Every step is idempotent.
 *
 * @throws Unavailable
 */
export async function reconcileViews(
  ports: ViewPorts,
  context: Context,
  changes: readonly RegistryChange[],
): Promise<ReconcileReport> {
  const { records, lines, locations } = ports
  const { location, now } = context
  const heartbeats = new Map(ofType(changes, 'heartbeat').map(({ heartbeat }) => [heartbeat.name, heartbeat]))
  for (const { name, sent } of heartbeats.values())
    if (name !== location) await locations.recordArrival(name, sent, now)
  await ports.accesses.noteDays(ofType(changes, 'access').map(({ day }) => day))
  await applyTombstones(records, context, changes)
  await finishErasures(ports, context, changes)
  await countPurchases(ports.purchases, context, changes)
  const versions = ofType(changes, 'version-added').map(({ version }) => version)
  await lines.putLines(versions.map(toChangeLogEntry))
  await lines.putLines(ofType(changes, 'version-redacted').map(({ version }) => toRedactedEntry(version)))
  await lines.dropValid(ofType(changes, 'version-removed').map(({ version }) => version))
  const folded = await foldRemoteVersions(
    records,
    context,
    versions.filter(version => version.location !== location),
  )
  await applyTombstonesOfCreated(
    records,
    context,
    versions.filter(version => version.location === location && version.predecessor === undefined),
  )
  await removeErasedCopies(ports, context, versions)
  await followDeletions(records, context, ofType(changes, 'version-removed'))
  // Last, because the stream position says that everything before this heartbeat is done.
  const own = heartbeats.get(location)
  if (own) await locations.recordStreamPosition(own.sent)
  return { lines: versions.length, ...folded }
}

async function applyTombstones(
  records: RecordStore,
  context: Context,
  changes: readonly RegistryChange[],
): Promise<void> {
  const tombstoned = new Map(ofType(changes, 'tombstone').map(({ record }) => [`${record.kind}#${record.id}`, record]))
  for (const { kind, id } of tombstoned.values()) await applyTombstone(records, context, kind, id)
}

/** Each erasure once, although it is stored under the id of every customer. */
async function finishErasures(ports: ViewPorts, context: Context, changes: readonly RegistryChange[]): Promise<void> {
  const erasures = new Map(ofType(changes, 'erasure').map(({ erasure }) => [erasure.ids.join(), erasure]))
  for (const erasure of erasures.values()) await finishErasure(ports, context, erasure)
}

/** Counts each stored purchase once, and deletes the purchases of erased customers, also those that arrive later. */
async function countPurchases(
  store: PurchaseStore,
  context: Context,
  changes: readonly RegistryChange[],
): Promise<void> {
  for (const customer of toErasedCustomers(changes)) await deletePurchases(store, context, customer)
  const purchases = ofType(changes, 'purchase').map(({ purchase }) => purchase)
  const byUser = [...Map.groupBy(purchases, ({ userid }) => userid)]
  await pMap(byUser, ([user, userPurchases]) => followPurchases(store, context, user, userPurchases), {
    concurrency: USER_CONCURRENCY,
  })
}

/** Folds versions from other locations into this location's rows, record by record. */
async function foldRemoteVersions(
  store: RecordStore,
  context: Context,
  versions: readonly Version[],
): Promise<Omit<ReconcileReport, 'lines'>> {
  const report = { folded: 0, waiting: 0, disputes: 0 }
  for (const [kind, kindVersions] of Map.groupBy(versions, version => version.kind)) {
    const byRecord = [...Map.groupBy(kindVersions, ({ id }) => id)]
    for (let start = 0; start < byRecord.length; start += RECORD_CONCURRENCY) {
      const chunk = byRecord.slice(start, start + RECORD_CONCURRENCY)
      for (const { folded, waiting, disputes } of await foldRecords(store, context, kind, chunk)) {
        report.folded += folded
        report.waiting += waiting
        report.disputes += disputes
      }
    }
  }
  return report
}

async function foldRecords(
  store: RecordStore,
  context: Context,
  kind: Kind,
  versionsById: readonly (readonly [string, Version[]])[],
) {
  const ids = versionsById.map(([id]) => id)
  const rows = new Map((await store.currents(kind, ids, true)).map(row => [row.id, row]))
  const results = await Promise.all(
    versionsById.map(([id, versions]) => reconcile(store, context, { kind, id, row: rows.get(id) ?? null }, versions)),
  )
  await applyMissedTombstones(
    store,
    context,
    kind,
    ids.filter(id => !rows.has(id)),
  )
  return results
}

/**
 * Removes the values of erased customers from versions that arrive late, and rebuilds the rows of records from whose versions another
 * location removed some.
 */
async function removeErasedCopies(
  { records, erasures }: ViewPorts,
  context: Context,
  versions: readonly Version[],
): Promise<void> {
  const redacted = versions.filter(({ redaction }) => redaction !== undefined)
  for (const [kind, ofKind] of Map.groupBy(redacted, version => version.kind))
    for (const id of new Set(ofKind.map(version => version.id))) await rebuildCurrent(records, context, kind, id)
  const copies = versions.flatMap(v => copiedSources(v).map(from => ({ customer: v.id, from })))
  for (const copy of new Map(copies.map(copy => [`${copy.customer}#${copy.from}`, copy])).values())
    if ((await erasures.erased(copy.from)) !== null) await removeCopies(records, context, copy)
}

/** Rebuilds the rows of records whose versions were deleted: the first deletion puts their purge marker into effect. */
async function followDeletions(
  store: RecordStore,
  context: Context,
  deletions: readonly { version: Version }[],
): Promise<void> {
  const versions = deletions.map(({ version }) => version)
  for (const [kind, ofKind] of Map.groupBy(versions, version => version.kind)) {
    const rows = await store.currents(kind, [...new Set(ofKind.map(({ id }) => id))], true)
    await pMap(rows, ({ id }) => rebuildCurrent(store, context, kind, id), { concurrency: RECORD_CONCURRENCY })
  }
}

async function applyTombstonesOfCreated(
  store: RecordStore,
  context: Context,
  creations: readonly Version[],
): Promise<void> {
  for (const [kind, versions] of Map.groupBy(creations, version => version.kind))
    await applyMissedTombstones(store, context, kind, [...new Set(versions.map(({ id }) => id))])
}
