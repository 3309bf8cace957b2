import { isDeepStrictEqual } from 'node:util'
import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import type { RedactedVersion } from '#domain/records/change-log-entry.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { CommitOutcome, RecordRef, RecordStore, StoredRow } from '#domain/records/port.ts'
import type { Write } from '#domain/records/prepare-write.ts'
import type { VersionRange, VersionReader } from '#domain/records/read.ts'
import { mergeTombstones, type RecordPartition, type Tombstone, type TombstoneKind } from '#domain/records/tombstone.ts'
import { type Kind, toKey, type Version } from '#domain/records/version.ts'
import { fromAttributes } from './attribute-values.ts'
import { getAll } from './batch.ts'
import { byDisputedKey, disputedCount, disputedFrom } from './conflict-index.ts'
import {
  currentPartition,
  currentRow,
  ERASED,
  LAST_VERSION,
  PURGED,
  recordPartition,
  SELECT_CURRENT,
  toCurrent,
  toRecord,
  toVersion,
  unpackCurrent,
  VERSION,
  versionRow,
} from './items.ts'
import { recordsFrom, toRecordPartition } from './record-partition.ts'
import { redactVersions, removeVersions, toRedactedVersions } from './redacted-versions.ts'
import type { Tables } from './tables.ts'
import { isConditionFailed, isConflict, isTransactionCancelled, toCancellationReasons } from './transaction-errors.ts'
import { isUnchanged } from './unchanged-condition.ts'

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' }

/** The records in the two tables. It puts versions only where they are absent. */
export class DynamoRecordStore implements RecordStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async current(kind: Kind, id: string, consistent: boolean): Promise<CurrentRecord | null> {
    const { Item } = await this.#tables.get({
      TableName: this.#tables.names.views,
      Key: { pk: currentPartition(kind, id), sk: id },
      ConsistentRead: consistent,
    })
    return Item ? toCurrent(Item) : null
  }

  /** Up to 100 per round trip, in no order; missing ones are left out. */
  async currents(kind: Kind, ids: readonly string[], consistent: boolean): Promise<CurrentRecord[]> {
    const { views } = this.#tables.names
    const keys = [...new Set(ids)].map(id => ({ pk: currentPartition(kind, id), sk: id }))
    return (await getAll(this.#tables, views, keys, consistent, SELECT_CURRENT)).map(toCurrent)
  }

  async storedRows(kind: Kind, ids: readonly string[]): Promise<StoredRow[]> {
    const keys = ids.map(id => ({ pk: currentPartition(kind, id), sk: id }))
    const items = await getAll(this.#tables, this.#tables.names.views, keys, true)
    return items.map(item => ({
      row: toCurrent(item),
      isStoredAs: row => isDeepStrictEqual(unpackCurrent(currentRow(row)), unpackCurrent(item)),
    }))
  }

  async version(kind: Kind, id: string, key: string): Promise<Version | null> {
    const { Item } = await this.#tables.get({
      TableName: this.#tables.names.registry,
      Key: { pk: recordPartition(kind, id), sk: VERSION + key },
      ConsistentRead: true,
    })
    return Item ? toVersion(Item) : null
  }

  loadPartition(kind: Kind, id: string): Promise<RecordPartition> {
    return toRecordPartition(this.#tables, kind, id)
  }

  records(from: string | null, limit: number): ReturnType<RecordStore['records']> {
    return recordsFrom(this.#tables, from, limit)
  }

  async conflicted(from: RecordRef | null, limit: number): ReturnType<RecordStore['conflicted']> {
    const page = await disputedFrom(this.#tables, from, limit + 1)
    const byKind = [...Map.groupBy(page.slice(0, limit), ({ kind }) => kind)]
    const ids = (records: readonly RecordRef[]) => records.map(({ id }) => id)
    const rows = await Promise.all(byKind.map(([kind, records]) => this.currents(kind, ids(records), true)))
    return { rows: rows.flat().sort(byDisputedKey), next: page[limit] ?? null }
  }

  countConflicted(limit?: number): Promise<number> {
    return disputedCount(this.#tables, limit)
  }

  async findTombstoned(kind: Kind, ids: readonly string[], by: readonly TombstoneKind[]): Promise<string[]> {
    const keys = ids.flatMap(id => by.map(of => ({ pk: recordPartition(kind, id), sk: of })))
    const rows = await getAll(this.#tables, this.#tables.names.registry, keys, true)
    return [...new Set(rows.map(({ pk }) => toRecord(String(pk)).id))]
  }

  async putTombstone(kind: Kind, id: string, tombstone: Tombstone): Promise<void> {
    const TableName = this.#tables.names.registry
    const pk = recordPartition(kind, id)
    if (tombstone.erased) await this.#tables.put({ TableName, Item: { pk, sk: ERASED } })
    if (Object.keys(tombstone.purged).length === 0) return
    const { purged } = mergeTombstones((await this.loadPartition(kind, id)).tombstone, tombstone)
    const before = tombstone.purgedBefore
    await this.#tables.put({ TableName, Item: { pk, sk: PURGED, clock: purged, ...(before ? { before } : {}) } })
  }

  async withdrawPurge(kind: Kind, id: string, { purgedBefore = {} }: Tombstone): Promise<void> {
    const TableName = this.#tables.names.registry
    const Key = { pk: recordPartition(kind, id), sk: PURGED }
    if (Object.keys(purgedBefore).length === 0) await this.#tables.remove({ TableName, Key })
    else await this.#tables.put({ TableName, Item: { ...Key, clock: purgedBefore } })
  }

  remove(versions: readonly Version[]): Promise<void> {
    return removeVersions(this.#tables, versions)
  }

  redact(versions: readonly Version[]): Promise<void> {
    return redactVersions(this.#tables, versions)
  }

  redactedVersions(kind: Kind, id: string): Promise<RedactedVersion[]> {
    return toRedactedVersions(this.#tables, kind, id)
  }

  versions(kind: Kind, id: string, consistent: boolean): VersionReader {
    return async range => {
      const { above = '', below = LAST_VERSION } = range
      if (above >= below) return []
      const versions: Version[] = []
      const pages = this.#tables.pages(this.#versionQuery(recordPartition(kind, id), range, consistent))
      for await (const { Items = [] } of pages) {
        versions.push(...Items.map(toVersion).filter(v => toKey(v) > above && toKey(v) < below))
        if (range.limit !== undefined && versions.length >= range.limit) break
      }
      return versions
    }
  }

  /** The query starts at the bound in its direction; the other bound is applied to the result. */
  #versionQuery(pk: string, { above, below, newestFirst = false, limit }: VersionRange, consistent: boolean) {
    const from = newestFirst ? below : above
    const begin = from === undefined ? undefined : { pk, sk: VERSION + from }
    return {
      TableName: this.#tables.names.registry,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
      ExpressionAttributeValues: {
        ':pk': pk,
        ':low': VERSION + (above ?? ''),
        ':high': below === undefined ? LAST_VERSION : VERSION + below,
      },
      ScanIndexForward: !newestFirst,
      ConsistentRead: consistent,
      ...(begin ? { ExclusiveStartKey: begin } : {}),
      ...(limit === undefined ? {} : { Limit: limit }),
    }
  }

  async commit(writes: readonly Write[]): Promise<CommitOutcome> {
    try {
      await this.#tables.transactWrite({ TransactItems: writes.flatMap(write => this.#items(write)) })
      this.#tables.meter.versions += writes.length
      return { done: true }
    } catch (error) {
      if (!isTransactionCancelled(error)) throw error
      return this.#cancelled(writes, error)
    }
  }

  async put(row: CurrentRecord, expected: CurrentRecord | null): Promise<CommitOutcome> {
    try {
      const { views } = this.#tables.names
      const condition = expected ? isUnchanged(expected) : ABSENT
      await this.#tables.put({ TableName: views, Item: currentRow(row), ...condition })
      return { done: true }
    } catch (error) {
      if (!isConditionFailed(error)) throw error
      return { done: false, rows: [] }
    }
  }

  async drop(row: CurrentRecord): Promise<CommitOutcome> {
    try {
      const Key = { pk: currentPartition(row.kind, row.id), sk: row.id }
      await this.#tables.remove({ TableName: this.#tables.names.views, Key, ...isUnchanged(row) })
      return { done: true }
    } catch (error) {
      if (!isConditionFailed(error)) throw error
      return { done: false, rows: [] }
    }
  }

  #items({ version, row, expected }: Write): [TransactItem, TransactItem] {
    const { registry, views } = this.#tables.names
    const unchanged = expected && isUnchanged(expected)
    return [
      {
        Put: {
          TableName: registry,
          Item: versionRow(version),
          ...ABSENT,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Put: {
          TableName: views,
          Item: currentRow(row),
          ...(unchanged ?? ABSENT),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]
  }

  /**
   * A version that exists already with this request's id was written by this write, in an attempt whose response was lost. A transaction
   * conflict does not report the existing items, so they are read.
   */
  async #cancelled(writes: readonly Write[], error: TransactionCanceledException): Promise<CommitOutcome> {
    const reasons = toCancellationReasons(error)
    const items = reasons.map(({ Item }) => (Item ? fromAttributes(Item) : null))
    const conflict = reasons.some(isConflict)
    for (const [n, { version }] of writes.entries()) {
      const item = items[2 * n]
      const existing = item
        ? toVersion(item)
        : conflict
          ? await this.version(version.kind, version.id, toKey(version))
          : null
      if (existing?.request_id === version.request_id) continue
      return { done: false, rows: items.flatMap((item, n) => (item && n % 2 === 1 ? [toCurrent(item)] : [])) }
    }
    this.#tables.meter.versions += writes.length
    return { done: true }
  }
}
