import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import type { TimeSlice } from '#adapters/time-slice.ts'
import type { AuditFilter, AuditItem } from '#contract/schemas/audit.ts'
import { FIRST, LAST } from '#domain/audit/entries.ts'
import { carryEntries, rewindForLate } from '#domain/audit/index-entries.ts'
import { listAudit } from '#domain/audit/list.ts'
import type { Access, AuditIndex } from '#domain/audit/port.ts'
import type { RecentEntries } from '#domain/audit/recent-entries.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { verify } from '#domain/audit/verify.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { readLocationStatus } from '#domain/locations/location-status.ts'
import type { RequestContext } from '#domain/ports.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const MARGIN_MS = 60_000

/** The audit tables of one location, and the operations that fill them. Every write is followed by its change log entry. */
export class AuditFixture {
  readonly tables: Tables
  readonly records: DynamoRecordStore
  readonly lines: DynamoChangeLogStore
  readonly accesses: DynamoAccessStore
  readonly audit: DynamoAuditStore
  readonly locations: DynamoLocationStore
  auditIndex: AuditIndex | null = null
  readonly recentEntries: RecentEntries | null
  #accessCount = 0

  /**
   * @param recentEntries where entries are noted before they are written
   * @param slice lets other work run while entries are read
   */
  constructor(tables: Tables, recentEntries: RecentEntries | null = null, slice?: TimeSlice) {
    this.tables = tables
    this.recentEntries = recentEntries
    this.records = new DynamoRecordStore(tables)
    this.lines = new DynamoChangeLogStore(tables, new Set())
    this.accesses = new DynamoAccessStore(tables, new Set(), recentEntries)
    this.audit = new DynamoAuditStore(tables, false, slice)
    this.locations = new DynamoLocationStore(tables)
  }

  async #writeChangeLog(id: string): Promise<void> {
    const lines = (await this.records.loadPartition('customer', id)).versions.map(toChangeLogEntry)
    for (const line of lines) this.recentEntries?.noteLine(line)
    await this.lines.putLines(lines)
  }

  async create(
    seconds: number,
    fields: Record<string, string>,
    overrides: Partial<RequestContext> = {},
  ): Promise<string> {
    const { customer } = await createCustomer(this.records, contextAt(seconds, overrides), new Map(), fields, undefined)
    await this.#writeChangeLog(customer.id)
    return customer.id
  }

  async patch(
    seconds: number,
    id: string,
    fields: Record<string, string>,
    overrides: Partial<RequestContext> = {},
  ): Promise<void> {
    await patchCustomer(this.records, contextAt(seconds, overrides), new Map(), id, fields, ALWAYS)
    await this.#writeChangeLog(id)
  }

  async access(seconds: number, overrides: Partial<Access> = {}): Promise<Access> {
    const access: Access = {
      at: timeAt(seconds),
      request_id: `access-${++this.#accessCount}`,
      location: 'loc1',
      actor: 'agent',
      action: 'getCustomer',
      outcome: 'done',
      asked: {},
      ...overrides,
    }
    await this.accesses.record(access)
    await this.accesses.noteDays([access.at.slice(0, 10)])
    return access
  }

  /** Records this many accesses, each at the second that `toSecond` returns for its number. */
  async manyAccesses(count: number, toSecond: (n: number) => number): Promise<void> {
    for (let from = 0; from < count; from += 20)
      await Promise.all(Array.from({ length: Math.min(20, count - from) }, (_, n) => this.access(toSecond(from + n))))
  }

  /** Returns every page of the entries that match a filter. */
  async pages(
    filter: AuditFilter = {},
    { newestFirst = false, limit = 7, from = FIRST, to = LAST } = {},
  ): Promise<Awaited<ReturnType<typeof listAudit>>[]> {
    const pages: Awaited<ReturnType<typeof listAudit>>[] = []
    let position: string | null = null
    do {
      const page = await listAudit(this, filter, { above: from, below: to }, newestFirst, limit, position)
      if (page.items.length > limit) throw new Error('a page has more items than its limit')
      pages.push(page)
      position = page.next
    } while (position !== null)
    return pages
  }

  /** Returns every entry that matches a filter. */
  async list(filter: AuditFilter = {}, paging: Parameters<AuditFixture['pages']>[1] = {}): Promise<AuditItem[]> {
    return (await this.pages(filter, paging)).flatMap(({ items }) => items)
  }

  /** The same tables, read without an index and without notes. */
  get withoutIndex(): AuditFixture {
    return new AuditFixture(this.tables)
  }

  /**
   * Indexes the entries that are at least a minute old at that second, as if the stream had been read up to it. Returns how many (at most
   * `max`).
   */
  async updateIndex(seconds: number, max?: number): Promise<number> {
    if (this.auditIndex === null) throw new Error('no index is configured')
    const now = timeAt(seconds)
    await this.locations.recordStreamPosition(now)
    const consistent = { locations: this.locations, audit: new DynamoAuditStore(this.tables, true) }
    return carryEntries(consistent, this.auditIndex, { now }, MARGIN_MS, () => max === undefined, max)
  }

  /** Reports entries that reach the tables at that second, so that the index goes back to them. */
  async rewindIndexFor(seconds: number, ...keys: string[]): Promise<void> {
    await rewindForLate(this.audit, keys, timeAt(seconds), MARGIN_MS)
  }

  /** Seals the entries that a location made until a minute before that second, as if the stream had been read up to it. */
  async seal(seconds: number, location = 'loc1', max?: number) {
    const now = timeAt(seconds)
    await sendHeartbeat(this, { location, now }, await readLocationStatus(this))
    await this.locations.recordStreamPosition(now)
    return sealEntries(this, { location, now }, MARGIN_MS, max)
  }

  /** Verifies one seal at a time and returns the sum. */
  async verify() {
    const totals = { seals: 0, entries: 0, removed: [] as string[], changed: [] as string[], inserted: [] as string[] }
    const broken: string[] = []
    let position: Awaited<ReturnType<typeof verify>>['next'] = null
    do {
      const { next, seals, entries, differences } = await verify(this, position, () => false)
      totals.seals += seals
      totals.entries += entries
      totals.removed.push(...differences.removed.entries)
      totals.changed.push(...differences.changed.entries)
      totals.inserted.push(...differences.inserted.entries)
      broken.push(...differences.broken.entries)
      position = next
    } while (position !== null)
    return { ...totals, broken }
  }

  /** Returns the items of the registry table whose key contains the text. */
  async itemsContaining(text: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.tables.scan({ TableName: this.tables.names.registry })
    return Items.filter(({ pk, sk }) => `${pk} ${sk}`.includes(text))
  }

  /** Writes an item directly, past the audit's own rules. */
  async putItem(Item: Record<string, unknown>): Promise<void> {
    await this.tables.put({ TableName: this.tables.names.registry, Item })
  }

  async deleteItem({ pk, sk }: Record<string, unknown>): Promise<void> {
    await this.tables.remove({ TableName: this.tables.names.registry, Key: { pk, sk } })
  }
}
