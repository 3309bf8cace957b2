import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { type BuyPosition, listBuys, listByTime } from '#domain/purchases/list-purchases.ts'
import type { PurchaseStore } from '#domain/purchases/port.ts'
import { DuplicatesFixture } from '#test/domain/duplicates/fixtures.ts'
import { MemoryPurchaseStore } from '#test/in-memory/purchase-store.ts'
import { startEngine, type TestEngine } from './engine.ts'
import { storeAndCount } from './purchases.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const stores = {
  DynamoDB: (): PurchaseStore => new DynamoPurchaseStore(engine.tables()),
  memory: (): PurchaseStore => new MemoryPurchaseStore(),
}

describe.each(Object.entries(stores))('the purchases of merged customers in %s', (_, connect) => {
  let purchases: PurchaseStore
  beforeAll(() => {
    purchases = connect()
  })

  /** Creates customers with this many purchases each, and returns their ids in order. */
  async function createBuyers(location: DuplicatesFixture, ...counts: number[]): Promise<string[]> {
    const ids = []
    for (const n of counts.keys()) ids.push(await location.create({ surname: `Buyer ${n} ${randomUUID()}` }))
    ids.sort()
    for (const [n, count] of counts.entries()) await storeAndCount(purchases, ids[n] ?? '', count)
    return ids
  }

  /** Reads all purchases in both lists, page by page, and how many the totals count. */
  async function read({ records }: DuplicatesFixture, user: string, limit = 100) {
    const ports = { records, purchases }
    const [byId, byTime]: string[][] = [[], []]
    for (let next: BuyPosition | null | undefined; next !== null; ) {
      const page = await listBuys(ports, user, next ?? null, limit)
      byId?.push(...page.purchases.map(({ id }) => id))
      next = page.next
    }
    for (let next: string | null | undefined; next !== null; ) {
      const page = await listByTime(ports, user, {}, next ?? null, limit)
      byTime?.push(...page.purchases.map(({ id, timestamp }) => `${timestamp}#${id}`))
      next = page.next
    }
    const { totals } = await listByTime(ports, user, {}, null, limit)
    return { byId, byTime, totals }
  }

  const total = (count: number) => [{ currency: 'EUR', count, sum: ((count * 1999) / 100).toFixed(2) }]

  test('are in the lists and the total of the survivor, and with each again after a split', async () => {
    const location = new DuplicatesFixture()
    const [a = '', b = ''] = await createBuyers(location, 3, 4)
    const before = [await read(location, a), await read(location, b)]
    await location.decide('same', a, b)
    const merged = await read(location, a)
    expect(merged.byId).toHaveLength(7)
    expect(merged.byId).toEqual(merged.byId?.toSorted())
    expect(merged.byTime).toHaveLength(7)
    expect(merged.byTime).toEqual(merged.byTime?.toSorted().toReversed())
    expect(merged.totals).toEqual(total(7))
    await location.split(b)
    expect([await read(location, a), await read(location, b)]).toEqual(before)
    expect(before.map(({ totals }) => totals)).toEqual([total(3), total(4)])
  })

  test.each([1, 2, 3, 5])('come page by page, each once, %i at a time', async limit => {
    const location = new DuplicatesFixture()
    const [a = '', b = ''] = await createBuyers(location, 5, 6)
    await location.decide('same', a, b)
    const { totals: _, ...whole } = await read(location, a)
    const { totals, ...paged } = await read(location, a, limit)
    expect(paged).toEqual(whole)
    expect(totals).toEqual(total(11))
  })

  test('come along through a chain of merges', async () => {
    const location = new DuplicatesFixture()
    const [a = '', b = '', c = '', d = ''] = await createBuyers(location, 1, 2, 3, 4)
    await location.decide('same', c, d)
    await location.decide('same', b, c)
    await location.decide('same', a, b)
    expect((await read(location, a)).totals).toEqual(total(10))
    expect((await read(location, b)).totals).toEqual(total(9))
    await location.split(b)
    expect([(await read(location, a)).totals, (await read(location, b)).totals]).toEqual([total(1), total(9)])
  })

  test('that are added after the merge count as well', async () => {
    const location = new DuplicatesFixture()
    const [a = '', b = ''] = await createBuyers(location, 1, 1)
    await location.decide('same', a, b)
    await storeAndCount(purchases, b, 2)
    expect((await read(location, a)).totals).toEqual(total(4))
  })

  test('count once after locations that were cut off merged the same customer into different ones', async () => {
    const [loc1, loc2] = [new DuplicatesFixture('loc1'), new DuplicatesFixture('loc2', 100)]
    const [a = '', b = '', c = ''] = await createBuyers(loc1, 1, 2, 4)
    const send = (from: DuplicatesFixture, to: DuplicatesFixture) =>
      to.receive([a, b, c].flatMap(id => from.records.versionsOf('customer', id)))
    await send(loc1, loc2)
    await loc1.decide('same', a, c)
    await loc2.decide('same', b, c)
    const [fromFirst, fromSecond] = [loc1, loc2].map(location =>
      [a, b, c].flatMap(id => location.records.versionsOf('customer', id)),
    )
    await loc1.receive(fromSecond ?? [])
    await loc2.receive(fromFirst ?? [])
    const counts = await Promise.all(
      [loc1, loc2].map(async location => {
        const lists = await Promise.all([a, b].map(id => read(location, id)))
        return lists.map(({ totals }) => totals.reduce((sum, { count }) => sum + count, 0))
      }),
    )
    // The later merge holds at both locations.
    expect(counts).toEqual([
      [1, 6],
      [1, 6],
    ])
  })

  test('cost one read more for a customer, and none for another user', async () => {
    const location = new DuplicatesFixture()
    const [a = '', b = ''] = await createBuyers(location, 1, 1)
    await location.decide('same', a, b)
    let reads = 0
    const records = {
      currents: (...args: Parameters<typeof location.records.currents>) => {
        reads++
        return location.records.currents(...args)
      },
    }
    await listBuys({ records, purchases }, 'u-4711', null, 25)
    expect(reads).toBe(0)
    await listBuys({ records, purchases }, b, null, 25)
    expect(reads).toBe(1)
    await listBuys({ records, purchases }, a, null, 25)
    expect(reads).toBe(3)
  })
})
