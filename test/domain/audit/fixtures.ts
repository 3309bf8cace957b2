import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import type { AuditFilter, AuditItem } from '#contract/schemas/audit.ts'
import type { Access } from '#domain/audit/access.ts'
import { FIRST, LAST } from '#domain/audit/entries.ts'
import { carryEntries, rewindForLate } from '#domain/audit/index-entries.ts'
import { listAudit } from '#domain/audit/list.ts'
import type { AuditIndex } from '#domain/audit/port.ts'
import { sealEntries } from '#domain/audit/seal.ts'
import { verify } from '#domain/audit/verify.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { sendHeartbeat } from '#domain/locations/heartbeat.ts'
import { knowledge } from '#domain/locations/location-status.ts'
import type { RequestContext } from '#domain/ports.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const MARGIN_MS = 60_000

/** A location's tables, and what is done there. Lines are made as soon as something was written. */
export class Office {
  readonly tables: Tables
  readonly records: DynamoRecordStore
  readonly lines: DynamoChangeLogStore
  readonly accesses: DynamoAccessStore
  readonly audit: DynamoAuditStore
  readonly locations: DynamoLocationStore
  auditIndex: AuditIndex | null = null
  #said = 0

  constructor(tables: Tables) {
    this.tables = tables
    this.records = new DynamoRecordStore(tables)
    this.lines = new DynamoChangeLogStore(tables, new Set())
    this.accesses = new DynamoAccessStore(tables)
    this.audit = new DynamoAuditStore(tables)
    this.locations = new DynamoLocationStore(tables)
  }

  async #lined(id: string): Promise<void> {
    await this.lines.putLines((await this.records.loadPartition('customer', id)).versions.map(toChangeLogEntry))
  }

  async create(seconds: number, fields: Record<string, string>, said: Partial<RequestContext> = {}): Promise<string> {
    const { customer } = await createCustomer(this.records, callAt(seconds, said), new Map(), fields, undefined)
    await this.#lined(customer.id)
    return customer.id
  }

  async patch(
    seconds: number,
    id: string,
    fields: Record<string, string>,
    said: Partial<RequestContext> = {},
  ): Promise<void> {
    await patchCustomer(this.records, callAt(seconds, said), new Map(), id, fields, ALWAYS)
    await this.#lined(id)
  }

  async access(seconds: number, said: Partial<Access> = {}): Promise<Access> {
    const access: Access = {
      at: timeAt(seconds),
      request_id: `access-${++this.#said}`,
      location: 'loc1',
      actor: 'agent',
      action: 'getCustomer',
      outcome: 'done',
      asked: {},
      ...said,
    }
    await this.accesses.record(access)
    await this.accesses.noteDays([access.at.slice(0, 10)])
    return access
  }

  /** So many accesses, each at the second that is told for it. */
  async manyAccesses(count: number, secondOf: (n: number) => number): Promise<void> {
    for (let from = 0; from < count; from += 20)
      await Promise.all(Array.from({ length: Math.min(20, count - from) }, (_, n) => this.access(secondOf(from + n))))
  }

  /** Every page of the entries that a filter passes. */
  async pages(
    filter: AuditFilter = {},
    { newestFirst = false, limit = 7, from = FIRST, to = LAST } = {},
  ): Promise<Awaited<ReturnType<typeof listAudit>>[]> {
    const pages: Awaited<ReturnType<typeof listAudit>>[] = []
    let place: string | null = null
    do {
      const page = await listAudit(this, filter, { above: from, below: to }, newestFirst, limit, place)
      if (page.items.length > limit) throw new Error('a page is longer than it may be')
      pages.push(page)
      place = page.next
    } while (place !== null)
    return pages
  }

  /** Every entry that a filter passes. */
  async list(filter: AuditFilter = {}, paging: Parameters<Office['pages']>[1] = {}): Promise<AuditItem[]> {
    return (await this.pages(filter, paging)).flatMap(({ items }) => items)
  }

  /** The same office without an index. */
  get withoutIndex(): Office {
    return new Office(this.tables)
  }

  /** Carries to the index what was there a minute before that second, all of whose stream was read. How many entries that were; with `most` so many. */
  async carry(seconds: number, most?: number): Promise<number> {
    if (this.auditIndex === null) throw new Error('there is no index')
    const now = timeAt(seconds)
    await this.locations.recordStreamPosition(now)
    const consistent = { locations: this.locations, audit: new DynamoAuditStore(this.tables, true) }
    return carryEntries(consistent, this.auditIndex, { now }, MARGIN_MS, () => most === undefined, most)
  }

  /** Something is in the tables at that second. */
  async came(seconds: number, ...keys: string[]): Promise<void> {
    await rewindForLate(this.audit, keys, timeAt(seconds), MARGIN_MS)
  }

  /** Seals what a location has made until a minute before that second, all of whose stream was read. */
  async seal(seconds: number, location = 'loc1', most?: number) {
    const now = timeAt(seconds)
    await sendHeartbeat(this, { location, now }, await knowledge(this))
    await this.locations.recordStreamPosition(now)
    return sealEntries(this, { location, now }, MARGIN_MS, most)
  }

  /** What a verification finds, in pieces of one seal. */
  async verify() {
    const found = { seals: 0, entries: 0, removed: [] as string[], changed: [] as string[], inserted: [] as string[] }
    const broken: string[] = []
    let place: Awaited<ReturnType<typeof verify>>['next'] = null
    do {
      const { next, seals, entries, differences } = await verify(this, place, () => false)
      found.seals += seals
      found.entries += entries
      found.removed.push(...differences.removed.entries)
      found.changed.push(...differences.changed.entries)
      found.inserted.push(...differences.inserted.entries)
      broken.push(...differences.broken.entries)
      place = next
    } while (place !== null)
    return { ...found, broken }
  }

  /** Rows of the registry whose sort key begins so. */
  async rows(start: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.tables.scan({ TableName: this.tables.names.registry })
    return Items.filter(({ pk, sk }) => `${pk} ${sk}`.includes(start))
  }

  /** Puts a row as nobody may. */
  async tamper(Item: Record<string, unknown>): Promise<void> {
    await this.tables.put({ TableName: this.tables.names.registry, Item })
  }

  async steal({ pk, sk }: Record<string, unknown>): Promise<void> {
    await this.tables.remove({ TableName: this.tables.names.registry, Key: { pk, sk } })
  }
}
