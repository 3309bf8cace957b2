import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { HashedPostings } from '#adapters/memory-search/hashed-postings.ts'
import { NumberList } from '#adapters/memory-search/number-list.ts'
import { Postings } from '#adapters/memory-search/postings.ts'

const key = fc.constantFrom('540229505', '=540229505', '54022950', '', 'ключ', 'a', 'aa')
const steps = fc.array(fc.record({ key, slot: fc.nat(40), removes: fc.boolean() }), { maxLength: 300 })

describe.each([
  ['postings with hashed keys', () => new HashedPostings()],
  ['postings', () => new Postings()],
])('%s', (_name, create) => {
  test('have the customers of each key that were added and not removed', () => {
    fc.assert(
      fc.property(steps, all => {
        const postings = create()
        const expected = new Map<string, Set<number>>()
        for (const { key, slot, removes } of all) {
          const slots = expected.get(key) ?? new Set()
          expected.set(key, slots)
          if (removes) postings.remove(key, slot)
          // A customer is added to a key once.
          else if (!slots.has(slot)) postings.add(key, slot)
          if (removes) slots.delete(slot)
          else slots.add(slot)
        }
        for (const [key, slots] of expected) expect(new Set(postings.get(key))).toEqual(slots)
        expect([...postings.get('never added')]).toEqual([])
      }),
    )
  })

  test('keep the order in which customers were added, while they grow', () => {
    const postings = create()
    for (let slot = 0; slot < 5000; slot++) {
      postings.add('all', slot)
      postings.add(`one ${slot}`, slot)
    }
    expect([...postings.get('all')]).toEqual(Array.from({ length: 5000 }, (_, slot) => slot))
    for (const slot of [0, 63, 64, 2500, 4999]) expect([...postings.get(`one ${slot}`)]).toEqual([slot])
  })
})

test('hashed postings use the place of those that were removed', () => {
  const postings = new HashedPostings()
  for (let round = 0; round < 10_000; round++) {
    postings.add(`key ${round}`, round)
    if (round >= 10) postings.remove(`key ${round - 10}`, round - 10)
  }
  expect(postings.get('key 9999')).toEqual([9999])
  expect(postings.get('key 9000')).toEqual([])
})

test('a packed list has the numbers that are left, and the last one in the place of a removed one', () => {
  const list = new NumberList([1, 2, 3])
  for (let number = 4; number <= 20; number++) list.push(number)
  list.remove(2)
  list.remove(100)
  expect(list.length).toBe(19)
  expect([...list.view()]).toEqual([1, 20, ...Array.from({ length: 17 }, (_, n) => n + 3)])
})
