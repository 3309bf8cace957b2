import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { toEntry } from '#domain/search/entry.ts'
import { IndexedList, NO_DIFFERENCES, NO_FIELDS, toId } from './indexed-list.ts'

let list: IndexedList

beforeEach(() => {
  list = new IndexedList()
})

describe('between a list and an index of it', () => {
  test('there is no difference, also for deleted customers', async () => {
    for (let n = 0; n < 5; n++) await list.writeAndIndex(n)
    await list.putEntries(toEntry(await list.records.write(toId(1), { state: 'deleted' }), NO_FIELDS))
    expect(await list.compare()).toMatchObject({
      counts: NO_DIFFERENCES,
      customers: 5,
      entries: 4,
      repaired: 0,
      needs_rebuild: false,
    })
  })

  test('there is no difference when both are empty', async () => {
    expect(await list.compare()).toMatchObject({ counts: NO_DIFFERENCES, customers: 0, entries: 0, requests: 1 })
  })
})

describe('it is not a difference', () => {
  test('when changes are indexed during the comparison', async () => {
    for (let n = 0; n < 3; n++) await list.writeAndIndex(n)
    const late = [
      await list.records.write(toId(1), { surname: 'Late' }),
      await list.records.write(toId(7), { surname: 'New' }),
    ]
    list.meanwhile = async () => {
      const row = late.pop()
      if (row) await list.putEntries(toEntry(row, NO_FIELDS))
    }
    expect(await list.compare()).toMatchObject({ counts: NO_DIFFERENCES })
  })

  test('when a customer changes continuously and every change is indexed with a delay', async () => {
    const { id } = await list.writeAndIndex(1)
    let before = await list.records.write(id, { surname: 'Hot' })
    list.meanwhile = async () => {
      await list.putEntries(toEntry(before, NO_FIELDS))
      before = await list.records.write(id, { surname: `Hot${before.head}` })
    }
    expect(await list.compare()).toMatchObject({ counts: NO_DIFFERENCES })
  })

  test('when the list is read with a delay', async () => {
    for (let n = 0; n < 3; n++) await list.writeAndIndex(n)
    await list.writeAndIndex(1, 'Again')
    list.records.lag = 1
    expect(await list.compare()).toMatchObject({ counts: NO_DIFFERENCES })
  })

  test('when a current row is missing but its versions exist', async () => {
    const { id } = await list.writeAndIndex(1)
    list.records.deleteRow(id)
    expect(await list.compare({ repair: true })).toMatchObject({ counts: NO_DIFFERENCES, repaired: 0 })
    expect(await list.index.listIds(null, 10)).toEqual([id])
  })
})

describe('a list of many pages', () => {
  const MANY = 1300

  beforeEach(async () => {
    for (let n = 0; n < MANY; n++) await list.writeAndIndex(n)
  })

  test.each([
    ['one request', () => true],
    ['many requests', () => false],
  ])('is compared in %s, each customer once', async (_, hasTime) => {
    const wrong = Array.from({ length: MANY / 10 }, (_, n) => toId(n * 10))
    for (const id of wrong) await list.records.write(id, { surname: 'Renamed' })
    const result = await list.compare({ hasTime })
    expect(result).toMatchObject({
      counts: { ...NO_DIFFERENCES, behind: wrong.length },
      customers: MANY,
      entries: MANY,
    })
    expect(result.requests > 1).toBe(!hasTime())
    expect(new Set(result.ids.behind).size).toBe(result.ids.behind?.length)
    expect(result.ids.behind?.every(id => wrong.includes(id))).toBe(true)
    expect(result.ids.behind?.length).toBeLessThanOrEqual(10 * result.requests)
  })

  test('is repaired as a whole when the index is empty', async () => {
    list.index = new MemoryIndex()
    expect(await list.compare({ repair: true })).toMatchObject({
      counts: { ...NO_DIFFERENCES, missing: MANY },
      repaired: MANY,
    })
    expect(await list.compare()).toMatchObject({ counts: NO_DIFFERENCES, customers: MANY, entries: MANY })
  })
})

test('after a repair the index equals the list, whatever was lost before', async () => {
  const change = fc.record({
    who: fc.nat(6),
    name: fc.option(fc.constantFrom('Adler', 'Brahe', 'Curie'), { freq: 3 }),
    /** Whether the change reaches the index. */
    arrives: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 25 }), async history => {
      list = new IndexedList()
      for (const { who, name, arrives } of history) {
        const fields = name === null ? { state: 'deleted' } : { state: 'active', surname: name }
        const row = await list.records.write(toId(who), fields)
        if (arrives) await list.putEntries(toEntry(row, NO_FIELDS))
      }
      await list.compare({ repair: true })
      const expected = list.records.all.map(row => toEntry(row, NO_FIELDS))
      const actual = await list.index.getMany(expected.map(({ id }) => id))
      expect(new Map(actual.map(entry => [entry.id, entry]))).toEqual(new Map(expected.map(entry => [entry.id, entry])))
    }),
    { numRuns: 200 },
  )
})
