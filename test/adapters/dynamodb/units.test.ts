import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createRequestContext } from '#adapters/clock.ts'
import type { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { timestampAt, writeHistory } from './histories.ts'

const UNCONDITIONED = { ifMatch: undefined, idempotencyKey: undefined }
const NO_FIELDS = new Map()

let engine: TestEngine
/** Ids of customers by their number of versions. */
const withVersions = new Map<number, string>()

beforeAll(async () => {
  engine = await startEngine()
  const store = new DynamoRecordStore(engine.tables())
  for (const count of [1, 300]) {
    const id = randomUUID()
    await writeHistory(store, id, count, n => ({
      surname: `Katzenellenbogen ${n}`,
      given_name: 'Wilhelmina',
      dob: '1961-03-14',
      document_number: 'AB 123',
    }))
    withVersions.set(count, id)
  }
}, 60_000)
afterAll(() => engine.stop())

const createContext = () => createRequestContext({ location: 'loc1', actor: 'agent', request_id: randomUUID() })

/** Returns the capacity that an operation consumes. */
async function measure(operation: (store: DynamoRecordStore) => Promise<unknown>): Promise<CapacityMeter> {
  const tables = engine.tables()
  await operation(new DynamoRecordStore(tables))
  return tables.meter
}

test('creating a customer costs four write units for two rows, and no read unit', async () => {
  const meter = await measure(store =>
    createCustomer(
      store,
      createContext(),
      NO_FIELDS,
      { surname: 'Scholz', given_name: 'Anna', dob: '1970' },
      undefined,
    ),
  )
  expect({ wru: meter.wru_base, rru: meter.rru, trips: meter.round_trips }).toEqual({ wru: 4, rru: 0, trips: 1 })
})

describe.each([1, 300])('with %i versions', count => {
  const id = () => withVersions.get(count) ?? ''
  const last = () => `Katzenellenbogen ${count - 1}`

  test('getting a customer costs half a read unit', async () => {
    const meter = await measure(store => getCustomer(store, id(), {}, false, createContext().now))
    expect({ wru: meter.wru_base, rru: meter.rru, trips: meter.round_trips }).toEqual({ wru: 0, rru: 0.5, trips: 1 })
  })

  test('getting a customer consistently costs one read unit', async () => {
    expect((await measure(store => getCustomer(store, id(), {}, true, createContext().now))).rru).toBe(1)
  })

  test.each([
    ['the first time', 0],
    ['the middle time', 0.5],
    ['almost now', 0.99],
    ['now', 1],
  ])('getting a customer as of %s costs at most one read unit', async (_, part) => {
    const as_of = timestampAt(Math.floor((count - 1) * part))
    const meter = await measure(store => getCustomer(store, id(), { as_of }, false, createContext().now))
    expect(meter.rru).toBeLessThanOrEqual(1)
    expect(meter.wru_base).toBe(0)
  })

  test('getting a customer as known at another time costs at most four read units', async () => {
    const moment = timestampAt(Math.floor(count / 2))
    expect(
      (
        await measure(store =>
          getCustomer(store, id(), { as_of: moment, known_at: moment }, false, createContext().now),
        )
      ).rru,
    ).toBeLessThanOrEqual(4)
  })

  test('a change without effect costs one read unit and no write unit', async () => {
    const meter = await measure(store =>
      patchCustomer(store, createContext(), NO_FIELDS, id(), { surname: last() }, UNCONDITIONED),
    )
    expect({ wru: meter.wru_base, index: meter.wru_index, rru: meter.rru }).toEqual({ wru: 0, index: 0, rru: 1 })
  })

  test('a page of the history costs only its size', async () => {
    const meter = await measure(store => customerHistory(store, id(), 25, undefined))
    // The current row, and at most 26 versions of less than a kilobyte each.
    expect(meter.rru).toBeLessThanOrEqual(0.5 + Math.ceil(26 / 4) / 2)
    expect(meter.wru_base).toBe(0)
  })

  test('changing a field costs four write units and a read', async () => {
    const meter = await measure(store =>
      patchCustomer(store, createContext(), NO_FIELDS, id(), { dob: '1961-03-15' }, UNCONDITIONED),
    )
    expect({ wru: meter.wru_base, trips: meter.round_trips }).toEqual({ wru: 4, trips: 2 })
    expect(meter.rru).toBeLessThanOrEqual(1)
  })
})
