import { randomUUID } from 'node:crypto'
import { expect } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoRateLimiter } from '#adapters/dynamodb/rate-limiter.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { LookupQuery } from '#contract/schemas/query.ts'
import type { Access } from '#domain/audit/port.ts'
import { lookup } from '#domain/lookup/lookup.ts'
import { verifyReceipt } from '#domain/lookup/receipt.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { FieldValues } from '#domain/records/prepare-write.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { readAccesses } from '../../adapters/dynamodb/accesses.ts'
import { createCommitted, timestampAt, toWrite } from '../../adapters/dynamodb/histories.ts'
import { contextAt, timeAt } from '../../in-memory/context.ts'

const KEY = 'k'.repeat(32)
export const ADDRESS = '198.51.100.7'
export const DAY = timeAt(0).slice(0, 10)

type LookupPorts = Pick<Ports, 'records' | 'lists' | 'budgets' | 'accesses' | 'index'>

interface Options {
  address?: string
  budget?: number
  request_id?: string
}

/** The lookup of a location, over the tables of a test. */
export class LookupFixture {
  readonly tables: Tables
  readonly ports: LookupPorts
  #calls = 0

  constructor(tables: Tables) {
    this.tables = tables
    this.ports = { ...LookupFixture.stores(tables), index: new MemoryIndex() }
  }

  static stores(tables: Tables): Omit<LookupPorts, 'index'> {
    return {
      records: new DynamoRecordStore(tables),
      lists: new DynamoListStore(tables),
      budgets: new DynamoRateLimiter(tables),
      accesses: new DynamoAccessStore(tables),
    }
  }

  index(...rows: CurrentRecord[]) {
    return this.ports.index.put(rows.map(row => toEntry(row, new Map())))
  }

  /** Creates a customer and indexes it. */
  async createListed(fields: FieldValues, id: string = randomUUID()): Promise<CurrentRecord> {
    const row = await createCommitted(this.ports.records, fields, timestampAt(0), id)
    await this.index(row)
    return row
  }

  async updateRow(row: CurrentRecord, fields: FieldValues, at = timestampAt(++this.#calls)): Promise<CurrentRecord> {
    const write = await toWrite(this.ports.records, { id: row.id, row, fields, at })
    await this.ports.records.commit([write])
    return write.row
  }

  #context(request_id: string) {
    return contextAt(++this.#calls, { actor: 'public', request_id })
  }

  performLookup(query: LookupQuery, { address = ADDRESS, budget = 1000, request_id = randomUUID() }: Options = {}) {
    return lookup(this.ports, this.#context(request_id), query, address, { key: KEY, budget })
  }

  async getAnswer(query: LookupQuery) {
    return (await this.performLookup(query)).answer
  }

  /** Performs a lookup and returns its only access record. */
  async lookupAndGetAccess(query: LookupQuery, options: Options = {}): Promise<Access> {
    const request_id = randomUUID()
    await this.performLookup(query, { ...options, request_id }).catch(() => undefined)
    const [access, ...rest] = (await readAccesses(this.tables, DAY)).filter(access => access.request_id === request_id)
    expect(rest).toEqual([])
    if (!access) throw new Error('the lookup recorded no access')
    return access
  }

  verify(receipt: string, details?: LookupQuery, { address = ADDRESS, budget = 1000 }: Options = {}) {
    return verifyReceipt(this.ports, this.#context(randomUUID()), { receipt, details }, address, { key: KEY, budget })
  }
}
