import { beforeEach, describe, expect, test } from '@jest/globals'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { authoriseField, requestField } from '#domain/fields/fields.ts'
import { transition } from '#domain/fields/lifecycle.ts'
import { toEntry } from '#domain/search/entry.ts'
import { followed, followFields } from '#domain/search/follow-fields.ts'
import { timeAt } from '#test/in-memory/context.ts'
import { MemoryLocationStore } from '#test/in-memory/location-store.ts'
import { TestLocation } from '#test/in-memory/test-location.ts'

/** More than two pages of a reindexing step. */
const COUNT = 1203
const LATER = timeAt(100_000)
const [toTheEnd, oneStep] = [() => true, () => false]

let location: TestLocation
let index: MemoryIndex
let locations: MemoryLocationStore

const ports = () => ({ lists: location.lists, index, locations })
const follow = async (hasTime: () => boolean, now = LATER) =>
  followFields(ports(), await location.definitions(), now, hasTime)
const progress = async () => followed(ports(), await location.definitions())
const countIndexed = async () => (await index.exact(['umbra'], 10_000)).length
const remove = () => transition(location.records, location.context(), 'field', 'colour', 'remove')

beforeEach(async () => {
  ;[location, index, locations] = [new TestLocation(), new MemoryIndex(), new MemoryLocationStore()]
  const colour = requestFieldBody.parse({ name: 'colour', type: 'text', searchable: true })
  await requestField(location, location.context(), colour)
  await authoriseField(location.records, location.context(), 'colour')
  const fields = await location.definitions()
  for (let n = 0; n < COUNT; n++) {
    const body = { surname: `Amsel ${n}`, details: { colour: 'umbra' } }
    const { row } = await createCustomer(location.records, location.context(), fields, body, undefined)
    await index.put([toEntry(row, fields)])
  }
  await follow(toTheEnd)
})

describe('the index follows the searchable fields', () => {
  test('step by step from its position, and reports its progress', async () => {
    expect(await progress()).toEqual({ done: true, customers: COUNT, changed: 0 })
    await remove()
    expect([await progress(), await countIndexed()]).toEqual([{ done: false, customers: 0, changed: 0 }, COUNT])
    await follow(oneStep)
    expect([await progress(), await countIndexed()]).toEqual([
      { done: false, customers: 500, changed: 500 },
      COUNT - 500,
    ])
    await follow(oneStep)
    await follow(oneStep)
    expect([await progress(), await countIndexed()]).toEqual([{ done: true, customers: COUNT, changed: COUNT }, 0])
    await authoriseField(location.records, location.context(), 'colour')
    await follow(toTheEnd)
    expect([await progress(), await countIndexed()]).toEqual([{ done: true, customers: COUNT, changed: COUNT }, COUNT])
  })

  test('from the beginning when the fields change again', async () => {
    await remove()
    await follow(oneStep)
    await authoriseField(location.records, location.context(), 'colour')
    expect(await progress()).toMatchObject({ done: false, customers: 0 })
    await follow(toTheEnd)
    expect([await progress(), await countIndexed()]).toEqual([{ done: true, customers: COUNT, changed: 500 }, COUNT])
  })

  test('also when a field is restored before the index has followed its removal', async () => {
    await remove()
    await authoriseField(location.records, location.context(), 'colour')
    expect((await progress()).done).toBe(false)
    await follow(toTheEnd)
    expect(await progress()).toEqual({ done: true, customers: COUNT, changed: 0 })
  })

  test('only after every function uses the new fields', async () => {
    await remove()
    const { updated_at } = (await location.records.current('field', 'colour', true)) ?? {}
    await follow(toTheEnd, updated_at)
    expect([await progress(), await countIndexed()]).toEqual([{ done: false, customers: 0, changed: 0 }, COUNT])
  })
})
