import { DynamoErasureStore } from '#adapters/dynamodb/erasure-store.ts'
import { DynamoInactiveStore } from '#adapters/dynamodb/inactive-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoPairStore } from '#adapters/dynamodb/pair-store.ts'
import { DynamoPurgeStore } from '#adapters/dynamodb/purge-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { BUILT_IN_TYPES } from '#contract/schemas/customer.ts'
import type { Policy } from '#contract/schemas/retention.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { decide } from '#domain/duplicates/decide.ts'
import type { RequestContext } from '#domain/ports.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { RunPlace, StoredRun } from '#domain/retention/port.ts'
import { runPurge, runScheduled } from '#domain/retention/run.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'

const NO_FIELDS = new Map()
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const DAY = 86_400

/** Where a location's provider works: the real tables, and a clock that stands until it is moved. */
export class Desk {
  readonly tables: Tables
  readonly location: string
  readonly records: DynamoRecordStore
  readonly pairs: DynamoPairStore
  readonly idle: DynamoInactiveStore
  readonly purges: DynamoPurgeStore
  readonly erasures: DynamoErasureStore
  readonly locations: DynamoLocationStore
  readonly index = new MemoryIndex()
  policy: Policy = { days: 30, types: {} }
  /** In seconds. */
  wait = 0
  #second = 0

  constructor(tables: Tables, location = 'loc1') {
    this.tables = tables
    this.location = location
    this.records = new DynamoRecordStore(tables)
    this.pairs = new DynamoPairStore(tables)
    this.idle = new DynamoInactiveStore(tables)
    this.purges = new DynamoPurgeStore(tables)
    this.erasures = new DynamoErasureStore(tables)
    this.locations = new DynamoLocationStore(tables)
  }

  /** Empties both tables. */
  async clear(): Promise<void> {
    for (const TableName of Object.values(this.tables.names))
      for (const { pk, sk } of await this.rows(TableName)) await this.tables.remove({ TableName, Key: { pk, sk } })
  }

  async rows(TableName: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.tables.scan({ TableName })
    return Items
  }

  get now(): string {
    return timeAt(this.#second)
  }

  pass({ days = 0, seconds = 0 }: { days?: number; seconds?: number }): void {
    this.#second += days * DAY + seconds
  }

  /** Each call is a second after the one before. */
  call(said: Partial<RequestContext> = {}): RequestContext {
    this.pass({ seconds: 1 })
    return callAt(this.#second, { location: this.location, actor: 'provider', ...said })
  }

  async create(said: Parameters<typeof createCustomer>[3]): Promise<string> {
    const call = this.call({ newId: () => crypto.randomUUID() })
    return (await createCustomer(this.records, call, NO_FIELDS, said, undefined)).customer.id
  }

  patch(id: string, said: Parameters<typeof patchCustomer>[4]) {
    return patchCustomer(this.records, this.call(), NO_FIELDS, id, said, ALWAYS)
  }

  decide(ids: [string, string], decision: 'same' | 'different', note: string | null = null) {
    return decide(this, this.call(), { ids, decision, note })
  }

  /** A run, to its end unless it is told to stop. */
  run({ dry = false, place = null, goOn = () => true }: Partial<Running> = {}): Promise<StoredRun> {
    return runPurge(this, this.call(), { ...this.#options, dry, place, goOn, always: true })
  }

  scheduled(goOn: () => boolean = () => true): Promise<StoredRun | null> {
    return runScheduled(this, this.call(), { ...this.#options, goOn })
  }

  get #options() {
    return {
      policy: this.policy,
      types: [...BUILT_IN_TYPES].sort(),
      day: DAY,
      wait: this.wait,
      now: () => this.call().now,
    }
  }

  /** Another location says that it has seen what this one sent by now. */
  async hear(name: string): Promise<void> {
    this.pass({ seconds: 1 })
    const seen = { [this.location]: this.now }
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

interface Running {
  dry: boolean
  place: RunPlace | null
  goOn: () => boolean
}
