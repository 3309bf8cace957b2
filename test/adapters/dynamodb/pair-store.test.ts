import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoPairStore, PAIRS } from '#adapters/dynamodb/pair-store.ts'
import type { Pair, PairStore } from '#domain/duplicates/port.ts'
import { MemoryPairStore } from '#test/in-memory/pair-store.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

async function emptyQueue(): Promise<void> {
  const store = new DynamoPairStore(engine.tables())
  await store.dropPairs((await store.pairs(null, 1000)).pairs)
  const { Items = [] } = await engine.tables().query({
    TableName: TABLE_NAMES.views,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': PAIRS },
  })
  expect(Items).toEqual([])
}

const stores = {
  DynamoDB: (): PairStore => new DynamoPairStore(engine.tables()),
  memory: (): PairStore => new MemoryPairStore(),
}

/** In no order: neither by id nor by score. Two have the same score. */
const PAIRS_IN_USE: Pair[] = [
  { a: 'b', b: 'd', score: 0.7 },
  { a: 'a', b: 'c', score: 1 },
  { a: 'c', b: 'e', score: 0.9517 },
  { a: 'a', b: 'b', score: 0.7 },
  { a: 'd', b: 'e', score: 0 },
  { a: 'a', b: 'd', score: 0.9518 },
]
const LIKELIEST_FIRST = ['ac', 'ad', 'ce', 'ab', 'bd', 'de']

const toNames = (pairs: readonly Pair[]) => pairs.map(({ a, b }) => a + b)

describe.each(Object.entries(stores))('%s', (_, connect) => {
  let store: PairStore
  beforeEach(async () => {
    await emptyQueue()
    store = connect()
    await store.putPairs(PAIRS_IN_USE)
  })

  test.each([1, 2, 5, 6, 100])('lists the pairs likeliest first, in pages of %i', async limit => {
    const found: Pair[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const page: Awaited<ReturnType<PairStore['pairs']>> = await store.pairs(after ?? null, limit)
      expect(page.pairs.length).toBeLessThanOrEqual(limit)
      found.push(...page.pairs)
      after = page.next
    }
    expect(toNames(found)).toEqual(LIKELIEST_FIRST)
    for (const { a, b, score } of PAIRS_IN_USE)
      expect(found.find(pair => pair.a === a && pair.b === b)?.score).toBeCloseTo(score, 4)
  })

  test('gives a pair that is put again its new score', async () => {
    await store.putPairs([{ a: 'd', b: 'e', score: 0.99 }])
    expect(toNames((await store.pairs(null, 10)).pairs)).toEqual(['ac', 'de', 'ad', 'ce', 'ab', 'bd'])
  })

  test('lists scores with four decimals', async () => {
    await store.putPairs([{ a: 'x', b: 'y', score: 0.123456 }])
    const { pairs } = await store.pairs(null, 10)
    expect(pairs.find(({ a }) => a === 'x')?.score).toBeCloseTo(0.1235, 10)
  })

  test('drops pairs, whatever their score, and ignores those that are not there', async () => {
    await store.dropPairs([
      { a: 'a', b: 'c' },
      { a: 'a', b: 'z' },
    ])
    expect(toNames((await store.pairs(null, 10)).pairs)).toEqual(LIKELIEST_FIRST.slice(1))
    await store.putPairs([])
    await store.dropPairs(PAIRS_IN_USE)
    expect(await store.pairs(null, 10)).toEqual({ pairs: [], next: null })
  })
})
