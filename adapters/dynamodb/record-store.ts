import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { Unavailable } from '#domain/errors.ts'
import type { CommitOutcome, RecordStore } from '#domain/ports.ts'
import type { Current } from '#domain/records/current.ts'
import type { Write } from '#domain/records/draft.ts'
import { type Grave, joined, type Whole } from '#domain/records/grave.ts'
import { lineOf, type Residue } from '#domain/records/line.ts'
import type { VersionRange, VersionReader } from '#domain/records/read.ts'
import { type Kind, keyOf, type Version } from '#domain/records/version.ts'
import { pauseBefore } from './pause.ts'
import { putAbsent } from './put-absent.ts'
import {
  currentOf,
  currentPartition,
  currentRow,
  ERASED,
  LAST_VERSION,
  PURGED,
  RESIDUE,
  recordPartition,
  residueKey,
  residueOf,
  VERSION,
  versionOf,
  versionRow,
} from './rows.ts'
import type { Tables } from './tables.ts'
import { recordsFrom, wholeOf } from './whole.ts'

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** Rows that are removed at once. */
const WIDTH = 10

const NOTHING_WRONG = 'None'
/** Why a transaction is cancelled when another write came first. */
const LOST = new Set([NOTHING_WRONG, 'ConditionalCheckFailed', 'TransactionConflict'])
/** Why it is cancelled when there are too many. */
const BUSY = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded'])

const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' }

const clockIs = (clock: Current['clock']) => ({
  ConditionExpression: '#clock = :clock',
  ExpressionAttributeNames: { '#clock': 'clock' },
  ExpressionAttributeValues: { ':clock': clock },
})

/** The records in the two tables. Everything that is put into `registry` as a version is put here, and only where it is absent. */
export class DynamoRecordStore implements RecordStore {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  async current(kind: Kind, id: string, consistent: boolean): Promise<Current | null> {
    const { Item } = await this.#tables.get({
      TableName: this.#tables.names.views,
      Key: { pk: currentPartition(kind, id), sk: id },
      ConsistentRead: consistent,
    })
    return Item ? currentOf(Item) : null
  }

  /** Up to 100 a round trip; in no order, the missing ones left out. */
  async currents(kind: Kind, ids: readonly string[], consistent: boolean): Promise<Current[]> {
    const { views } = this.#tables.names
    const wanted = [...new Set(ids)].map(id => ({ pk: currentPartition(kind, id), sk: id }))
    const rows: Current[] = []
    for (let attempt = 0; wanted.length > 0; ) {
      const { Responses, UnprocessedKeys } = await this.#tables.batchGet({
        RequestItems: { [views]: { Keys: wanted.splice(0, 100), ConsistentRead: consistent } },
      })
      rows.push(...(Responses?.[views] ?? []).map(currentOf))
      const left = UnprocessedKeys?.[views]?.Keys ?? []
      if (left.length > 0) await pauseBefore(++attempt)
      for (const { pk, sk } of left) wanted.push({ pk, sk })
    }
    return rows
  }

  async version(kind: Kind, id: string, key: string): Promise<Version | null> {
    const { Item } = await this.#tables.get({
      TableName: this.#tables.names.registry,
      Key: { pk: recordPartition(kind, id), sk: VERSION + key },
    })
    return Item ? versionOf(Item) : null
  }

  whole(kind: Kind, id: string): Promise<Whole> {
    return wholeOf(this.#tables, kind, id)
  }

  records(from: string | null, limit: number): ReturnType<RecordStore['records']> {
    return recordsFrom(this.#tables, from, limit)
  }

  async bury(kind: Kind, id: string, grave: Grave): Promise<void> {
    const TableName = this.#tables.names.registry
    const pk = recordPartition(kind, id)
    if (grave.erased) await this.#tables.put({ TableName, Item: { pk, sk: ERASED } })
    if (Object.keys(grave.purged).length === 0) return
    const { purged } = joined((await this.whole(kind, id)).grave, grave)
    await this.#tables.put({ TableName, Item: { pk, sk: PURGED, clock: purged } })
  }

  async remove(versions: readonly Version[]): Promise<void> {
    const TableName = this.#tables.names.registry
    for (let from = 0; from < versions.length; from += WIDTH)
      await Promise.all(
        versions.slice(from, from + WIDTH).map(async v => {
          const { action, actor, digest } = lineOf(v)
          // Before the version goes: one that is gone without a trace would be one that somebody took away.
          await putAbsent(this.#tables, TableName, { ...residueKey(v), action, actor, digest })
          const Key = { pk: recordPartition(v.kind, v.id), sk: VERSION + keyOf(v) }
          await this.#tables.remove({ TableName, Key })
        }),
      )
  }

  async residues(kind: Kind, id: string): Promise<Residue[]> {
    const found: Residue[] = []
    let start: Record<string, unknown> | undefined
    do {
      const { Items = [], LastEvaluatedKey } = await this.#tables.query({
        TableName: this.#tables.names.registry,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :residue)',
        ExpressionAttributeValues: { ':pk': recordPartition(kind, id), ':residue': RESIDUE },
        ...(start ? { ExclusiveStartKey: start } : {}),
      })
      found.push(...Items.map(residueOf))
      start = LastEvaluatedKey
    } while (start)
    return found
  }

  versions(kind: Kind, id: string, consistent: boolean): VersionReader {
    return async range => {
      const { above = '', below = LAST_VERSION } = range
      if (above >= below) return []
      const versions: Version[] = []
      let start: Record<string, unknown> | undefined
      do {
        const page = await this.#tables.query(this.#versionQuery(recordPartition(kind, id), range, consistent, start))
        versions.push(...(page.Items ?? []).map(versionOf).filter(v => keyOf(v) > above && keyOf(v) < below))
        start = page.LastEvaluatedKey
      } while (start && (range.limit === undefined || versions.length < range.limit))
      return versions
    }
  }

  /** Reading starts after the bound that it comes to first; the other one is left out of what was read. */
  #versionQuery(
    pk: string,
    { above, below, newestFirst = false, limit }: VersionRange,
    consistent: boolean,
    start?: Record<string, unknown>,
  ) {
    const from = newestFirst ? below : above
    const begin = start ?? (from === undefined ? undefined : { pk, sk: VERSION + from })
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
      if (!(error instanceof TransactionCanceledException)) throw error
      return this.#cancelled(writes, error)
    }
  }

  async put(row: Current, expected: Current['clock'] | null): Promise<CommitOutcome> {
    try {
      const { views } = this.#tables.names
      const condition = expected ? clockIs(expected) : ABSENT
      await this.#tables.put({ TableName: views, Item: currentRow(row), ...condition })
      return { done: true }
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      return { done: false, rows: [] }
    }
  }

  async drop({ kind, id, clock }: Current): Promise<CommitOutcome> {
    try {
      const Key = { pk: currentPartition(kind, id), sk: id }
      await this.#tables.remove({ TableName: this.#tables.names.views, Key, ...clockIs(clock) })
      return { done: true }
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      return { done: false, rows: [] }
    }
  }

  #items({ version, row, expected }: Write): [TransactItem, TransactItem] {
    const { registry, views } = this.#tables.names
    const unchanged = expected && clockIs(expected)
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

  /** A version that is there already with this request's id is this write's own, from a try whose answer was lost. */
  #cancelled(writes: readonly Write[], error: TransactionCanceledException): CommitOutcome {
    const reasons = error.CancellationReasons ?? []
    const codes = reasons.map(({ Code = NOTHING_WRONG }) => Code)
    if (codes.some(code => BUSY.has(code))) throw new Unavailable('The table takes no more writes at the moment')
    if (codes.some(code => !LOST.has(code))) throw error
    const found = reasons.map(({ Item }) => (Item ? unmarshall(Item) : null))
    const own = writes.every(({ version }, n) => {
      const there = found[2 * n]
      return there && there.request_id === version.request_id && versionOf(there).recorded_at === version.recorded_at
    })
    if (own) {
      this.#tables.meter.versions += writes.length
      return { done: true }
    }
    return { done: false, rows: found.flatMap((item, n) => (item && n % 2 === 1 ? [currentOf(item)] : [])) }
  }
}
