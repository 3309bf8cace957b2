import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createRequestContext } from '#adapters/clock.ts'
import type { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { second, withHistory } from './histories.ts'

const UNCONDITIONED = { ifMatch: undefined, idempotencyKey: undefined }
const NO_FIELDS = new Map()

let engine: TestEngine
/** A customer with so many versions. */
const withVersions = new Map<number, string>()

beforeAll(async () => {
  engine = await startEngine()
  const store = new DynamoRecordStore(engine.tables())
  for (const count of [1, 300]) {
    const id = randomUUID()
    await withHistory(store, id, count, n => ({
      surname: `Katzenellenbogen ${n}`,
      given_name: 'Wilhelmina',
      dob: '1961-03-14',
      document_number: 'AB 123',
    }))
    withVersions.set(count, id)
  }
}, 60_000)
afterAll(() => engine.stop())

const call = () => createRequestContext({ location: 'loc1', actor: 'agent', request_id: randomUUID() })

/** What the tables say that an operation took. */
async function units(operation: (store: DynamoRecordStore) => Promise<unknown>): Promise<CapacityMeter> {
  const tables = engine.tables()
  await operation(new DynamoRecordStore(tables))
  return tables.meter
}

test('to create takes four write units for the two rows, and no read', async () => {
  const took = await units(store =>
    createCustomer(store, call(), NO_FIELDS, { surname: 'Scholz', given_name: 'Anna', dob: '1970' }, undefined),
  )
  expect({ wru: took.wru_base, rru: took.rru, trips: took.round_trips }).toEqual({ wru: 4, rru: 0, trips: 1 })
})

describe.each([1, 300])('with %i versions', count => {
  const id = () => withVersions.get(count) ?? ''
  const last = () => `Katzenellenbogen ${count - 1}`

  test('to get takes half a read unit', async () => {
    const took = await units(store => getCustomer(store, id(), {}, false, call().now))
    expect({ wru: took.wru_base, rru: took.rru, trips: took.round_trips }).toEqual({ wru: 0, rru: 0.5, trips: 1 })
  })

  test('to get consistently takes one', async () => {
    expect((await units(store => getCustomer(store, id(), {}, true, call().now))).rru).toBe(1)
  })

  test.each([
    ['the first moment', 0],
    ['the middle', 0.5],
    ['nearly now', 0.99],
    ['now', 1],
  ])('to get as of %s takes one read unit at most', async (_, part) => {
    const as_of = second(Math.floor((count - 1) * part))
    const took = await units(store => getCustomer(store, id(), { as_of }, false, call().now))
    expect(took.rru).toBeLessThanOrEqual(1)
    expect(took.wru_base).toBe(0)
  })

  test('to get as known at another time takes four at most', async () => {
    const moment = second(Math.floor(count / 2))
    expect(
      (await units(store => getCustomer(store, id(), { as_of: moment, known_at: moment }, false, call().now))).rru,
    ).toBeLessThanOrEqual(4)
  })

  test('to change nothing takes one read unit and no write', async () => {
    const took = await units(store => patchCustomer(store, call(), NO_FIELDS, id(), { surname: last() }, UNCONDITIONED))
    expect({ wru: took.wru_base, index: took.wru_index, rru: took.rru }).toEqual({ wru: 0, index: 0, rru: 1 })
  })

  test('a page of the history takes its bytes alone', async () => {
    const took = await units(store => customerHistory(store, id(), 25, undefined))
    // The current row, and at most 26 versions of under a kilobyte.
    expect(took.rru).toBeLessThanOrEqual(0.5 + Math.ceil(26 / 4) / 2)
    expect(took.wru_base).toBe(0)
  })

  test('to change a field takes four write units, and one to read first', async () => {
    const took = await units(store =>
      patchCustomer(store, call(), NO_FIELDS, id(), { dob: '1961-03-15' }, UNCONDITIONED),
    )
    expect({ wru: took.wru_base, trips: took.round_trips }).toEqual({ wru: 4, trips: 2 })
    expect(took.rru).toBeLessThanOrEqual(1)
  })
})
