import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { DynamoErasureStore } from '#adapters/dynamodb/erasure-store.ts'
import { DynamoInactiveStore } from '#adapters/dynamodb/inactive-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoPairStore } from '#adapters/dynamodb/pair-store.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { DynamoPurgeStore } from '#adapters/dynamodb/purge-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { BUILT_IN_TYPES } from '#contract/schemas/customer.ts'
import type { Policy } from '#contract/schemas/retention.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { decide } from '#domain/duplicates/decide.ts'
import type { RequestContext } from '#domain/ports.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { RunPlace, StoredRun } from '#domain/retention/port.ts'
import { cancelRun, runPurge, runScheduled } from '#domain/retention/run.ts'
import { reconcileViews } from '#domain/views/reconcile-views.ts'
import type { RegistryChange } from '#domain/views/registry-change.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'

const NO_FIELDS = new Map()
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const DAY = 86_400

export const NONE_KEPT = { held: 0, merged: 0, changed: 0, unheard: 0, waiting: 0 }
/** What a run did, and why it kept customers. */
export const toCounts = ({ due, expired, marked, removed, kept }: StoredRun) => ({
  due,
  expired,
  marked,
  removed,
  ...Object.fromEntries(Object.entries(kept).filter(([, count]) => count > 0)),
})
export const NO_COUNTS = { due: 0, expired: 0, marked: 0, removed: 0 }

/** The tables of a location, with the provider's operations and a clock that a test advances. */
export class RetentionFixture {
  readonly tables: Tables
  readonly location: string
  readonly records: DynamoRecordStore
  readonly pairs: DynamoPairStore
  readonly lines: DynamoChangeLogStore
  readonly inactive: DynamoInactiveStore
  readonly purges: DynamoPurgeStore
  readonly erasures: DynamoErasureStore
  readonly locations: DynamoLocationStore
  readonly index = new MemoryIndex()
  policy: Policy = { days: 30, types: {} }
  /** Seconds between the phases of a purge. */
  wait = 0
  #second = 0

  constructor(tables: Tables, location = 'loc1') {
    this.tables = tables
    this.location = location
    this.records = new DynamoRecordStore(tables)
    this.pairs = new DynamoPairStore(tables)
    this.lines = new DynamoChangeLogStore(tables, new Set())
    this.inactive = new DynamoInactiveStore(tables)
    this.purges = new DynamoPurgeStore(tables)
    this.erasures = new DynamoErasureStore(tables)
    this.locations = new DynamoLocationStore(tables)
  }

  /** Empties all tables. */
  async clear(): Promise<void> {
    for (const TableName of Object.values(this.tables.names))
      for (const { pk, sk } of await this.rows(TableName)) await this.tables.remove({ TableName, Key: { pk, sk } })
  }

  async rows(TableName: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.tables.scan({ TableName })
    return Items
  }

  /** The keys of the items of both tables that contain a text. */
  async keysOfItemsWith(text: string): Promise<string[]> {
    const { registry, views } = this.tables.names
    const items = [...(await this.rows(registry)), ...(await this.rows(views))]
    return items.filter(item => JSON.stringify(item).includes(text)).map(({ pk, sk }) => `${pk} ${sk}`)
  }

  /** Processes changes as they arrive in the registry's stream. */
  arrive(changes: readonly RegistryChange[]) {
    const ports = {
      records: this.records,
      lines: this.lines,
      locations: this.locations,
      purchases: new DynamoPurchaseStore(this.tables),
      accesses: new DynamoAccessStore(this.tables),
      erasures: this.erasures,
      pairs: this.pairs,
    }
    return reconcileViews(ports, this.context(), changes)
  }

  get now(): string {
    return timeAt(this.#second)
  }

  advanceClock({ days = 0, seconds = 0 }: { days?: number; seconds?: number }): void {
    this.#second += days * DAY + seconds
  }

  /** Returns a context one second after the last one. */
  context(overrides: Partial<RequestContext> = {}): RequestContext {
    this.advanceClock({ seconds: 1 })
    return contextAt(this.#second, { location: this.location, actor: 'provider', ...overrides })
  }

  async create(fields: Parameters<typeof createCustomer>[3]): Promise<string> {
    const context = this.context({ newId: () => crypto.randomUUID() })
    return (await createCustomer(this.records, context, NO_FIELDS, fields, undefined)).customer.id
  }

  patch(id: string, changes: Parameters<typeof patchCustomer>[4]) {
    return patchCustomer(this.records, this.context(), NO_FIELDS, id, changes, ALWAYS)
  }

  restore(id: string) {
    return restoreCustomer(this.records, this.context(), id, ALWAYS)
  }

  decide(ids: [string, string], decision: 'same' | 'different', note: string | null = null) {
    return decide(this, this.context(), { ids, decision, note })
  }

  /** Runs a purge to its end, unless `hasTime` stops it. */
  run({ dry = false, place = null, hasTime = () => true }: Partial<RunOptions> = {}): Promise<StoredRun> {
    return runPurge(this, this.context(), { ...this.#options, dry, place, hasTime, always: true })
  }

  cancel(run: StoredRun) {
    return cancelRun(this, this.context(), { ...this.#options, hasTime: () => true }, run.id)
  }

  runAsScheduled(hasTime: () => boolean = () => true): Promise<StoredRun | null> {
    return runScheduled(this, this.context(), { ...this.#options, hasTime })
  }

  get #options() {
    return {
      policy: this.policy,
      types: [...BUILT_IN_TYPES].sort(),
      day: DAY,
      wait: this.wait,
      now: () => this.context().now,
    }
  }

  /** Receives a heartbeat of another location that has seen everything sent by now, except from one location. */
  async acknowledgeFrom(name: string, cutOffFrom?: string): Promise<void> {
    this.advanceClock({ seconds: 1 })
    const known = await this.locations.heartbeats()
    const senders = [this.location, ...known.map(heartbeat => heartbeat.name)].filter(sender => sender !== cutOffFrom)
    const seen = Object.fromEntries(senders.map(sender => [sender, this.now]))
    await this.locations.putHeartbeat({ name, sent: this.now, seen, index_lag_ms: null, conflicts: 0, drift: null })
  }

  row(id: string): Promise<CurrentRecord | null> {
    return this.records.current('customer', id, true)
  }

  async state(id: string): Promise<unknown> {
    return (await this.row(id))?.snapshot.state ?? null
  }

  async versions(id: string): Promise<number> {
    return (await this.records.loadPartition('customer', id)).versions.length
  }
}

interface RunOptions {
  dry: boolean
  place: RunPlace | null
  hasTime: () => boolean
}
