import type { DynamoDBRecord } from 'aws-lambda'
import { accessDayIn } from '#adapters/dynamodb/access-store.ts'
import { ERASED, PURGED, RESIDUE, toRecord, toRedactedVersion, toVersion, VERSION } from '#adapters/dynamodb/items.ts'
import { toHeartbeat } from '#adapters/dynamodb/location-store.ts'
import { toImage, toOldImage } from '#adapters/dynamodb/stream.ts'
import type { Heartbeat } from '#domain/locations/port.ts'
import type { RequestContext } from '#domain/ports.ts'
import { applyMissedTombstones, applyTombstone } from '#domain/records/apply-tombstone.ts'
import { toChangeLogEntry, toRedactedEntry } from '#domain/records/change-log-entry.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import type { Kind, Version } from '#domain/records/version.ts'
import type { Ports } from '../runtime/ports.ts'
import { projectPurchases } from './project-purchases.ts'

/** How many records are folded concurrently; their rows are read in one round trip. */
const CONCURRENCY = 25

export interface ReconcileReport {
  /** Versions that got a change-log entry. */
  lines: number
  /** Versions from other locations that were folded in, and those that are pending. */
  folded: number
  waiting: number
  disputes: number
}

const getVersions = (records: readonly DynamoDBRecord[]): Version[] =>
  records.flatMap(record => {
    const image = toImage(record)
    return image !== null && String(image.sk).startsWith(VERSION) ? [toVersion(image)] : []
  })

/** The days of the accesses in the batch. */
const getAccessDays = (records: readonly DynamoDBRecord[]): string[] =>
  records.flatMap(record => accessDayIn(String(toImage(record)?.pk)) ?? [])

/** Replaces the change-log entries of deleted versions by what is kept of them. */
async function applyRemovals({ lines }: Pick<Ports, 'lines'>, records: readonly DynamoDBRecord[]): Promise<void> {
  const residues = records.flatMap(record => {
    const image = toImage(record)
    return image !== null && String(image.sk).startsWith(RESIDUE) ? [toRedactedVersion(image)] : []
  })
  await lines.putLines(residues.map(toRedactedEntry))
  const removedVersions = records.flatMap(record => {
    const [newImage, oldImage] = [toImage(record), toOldImage(record)]
    return newImage === null && oldImage !== null && String(oldImage.sk).startsWith(VERSION)
      ? [toVersion(oldImage)]
      : []
  })
  await lines.dropValid(removedVersions)
}

/** The records with a tombstone in the batch. */
function getTombstonedRecords(records: readonly DynamoDBRecord[]): { kind: Kind; id: string }[] {
  const keys = records
    .map(toImage)
    .flatMap(image => (image?.sk === PURGED || image?.sk === ERASED ? [String(image.pk)] : []))
  return [...new Set(keys)].map(toRecord)
}

/** The last heartbeat of each location. */
function getHeartbeats(records: readonly DynamoDBRecord[]): Heartbeat[] {
  const heartbeats = records.flatMap(record => {
    const image = toImage(record)
    return (image && toHeartbeat(image)) ?? []
  })
  return [...new Map(heartbeats.map(beat => [beat.name, beat])).values()]
}

/**
 * Updates this location's views from a batch of the registry's stream:
 * 1. writes a change-log entry for each version, under its recording day and its valid day;
 * 2. folds versions from other locations into the current rows (local writes have updated theirs already);
 * 3. applies tombstones that arrived before a row existed.
 *
 * It also counts purchases (`projectPurchases`) and records heartbeats, the stream position and the days with accesses. Every step is
 * idempotent.
 */
export async function reconcileStream(
  ports: Pick<Ports, 'records' | 'lines' | 'locations' | 'purchases' | 'accesses'>,
  { location, pause, now }: Pick<RequestContext, 'location' | 'pause' | 'now'>,
  records: readonly DynamoDBRecord[],
): Promise<ReconcileReport> {
  const heartbeats = getHeartbeats(records)
  for (const { name, sent } of heartbeats) if (name !== location) await ports.locations.recordArrival(name, sent, now)
  await ports.accesses.noteDays(getAccessDays(records))
  for (const { kind, id } of getTombstonedRecords(records)) await applyTombstone(ports.records, { pause }, kind, id)
  await projectPurchases(ports.purchases, { pause }, records)
  const versions = getVersions(records)
  const report: ReconcileReport = { lines: versions.length, folded: 0, waiting: 0, disputes: 0 }
  await ports.lines.putLines(versions.map(toChangeLogEntry))
  await applyRemovals(ports, records)
  const remoteVersions = versions.filter(v => v.location !== location)
  for (const [kind, kindVersions] of Map.groupBy(remoteVersions, ({ kind }) => kind)) {
    const pendingRecords = [...Map.groupBy(kindVersions, ({ id }) => id)]
    while (pendingRecords.length > 0) await foldRecords(kind, pendingRecords.splice(0, CONCURRENCY))
  }
  const localCreations = versions.filter(v => v.location === location && v.after === undefined)
  for (const [kind, creations] of Map.groupBy(localCreations, ({ kind }) => kind))
    await applyMissedTombstones(ports.records, { pause }, kind, [...new Set(creations.map(({ id }) => id))])
  // Last, because the stream position says that everything before this heartbeat is done.
  for (const { name, sent } of heartbeats) if (name === location) await ports.locations.recordStreamPosition(sent)
  return report

  async function foldRecords(kind: Kind, records: readonly (readonly [string, Version[]])[]): Promise<void> {
    const currentRows = await ports.records.currents(
      kind,
      records.map(([id]) => id),
      true,
    )
    const rows = new Map(currentRows.map(row => [row.id, row]))
    const foldRecord = ([id, versions]: (typeof records)[number]) =>
      reconcile(ports.records, { pause }, { kind, id, row: rows.get(id) ?? null }, versions)
    for (const { folded, waiting, disputes } of await Promise.all(records.map(foldRecord))) {
      report.folded += folded
      report.waiting += waiting
      report.disputes += disputes
    }
    const createdIds = records.map(([id]) => id).filter(id => !rows.has(id))
    await applyMissedTombstones(ports.records, { pause }, kind, createdIds)
  }
}
