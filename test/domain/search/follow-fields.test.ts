import { beforeEach, describe, expect, test } from '@jest/globals'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { authoriseField, requestField } from '#domain/fields/fields.ts'
import { transition } from '#domain/fields/lifecycle.ts'
import { toEntry } from '#domain/search/entry.ts'
import { followed, followFields } from '#domain/search/follow-fields.ts'
import { timeAt } from '#test/in-memory/call.ts'
import { MemoryLocationStore } from '#test/in-memory/location-store.ts'
import { Office } from '#test/in-memory/retention-fixtures.ts'

/** More than two pages of the work. */
const COUNT = 1203
const LATER = timeAt(100_000)
const [always, once] = [() => true, () => false]

let office: Office
let index: MemoryIndex
let locations: MemoryLocationStore

const ports = () => ({ lists: office.lists, index, locations })
const follow = async (goOn: () => boolean, now = LATER) => followFields(ports(), await office.definitions(), now, goOn)
const progress = async () => followed(ports(), await office.definitions())
const found = async () => (await index.exact(['umbra'], 10_000)).length
const remove = () => transition(office.records, office.call(), 'field', 'colour', 'remove')

beforeEach(async () => {
  ;[office, index, locations] = [new Office(), new MemoryIndex(), new MemoryLocationStore()]
  const colour = requestFieldBody.parse({ name: 'colour', type: 'text', searchable: true })
  await requestField(office, office.call(), colour)
  await authoriseField(office.records, office.call(), 'colour')
  const fields = await office.definitions()
  for (let n = 0; n < COUNT; n++) {
    const said = { surname: `Amsel ${n}`, details: { colour: 'umbra' } }
    const { row } = await createCustomer(office.records, office.call(), fields, said, undefined)
    await index.put([toEntry(row, fields)])
  }
  await follow(always)
})

describe('the index follows the fields that are searched', () => {
  test('piece by piece, from where it stood, and says how far it is', async () => {
    expect(await progress()).toEqual({ done: true, customers: COUNT, changed: 0 })
    await remove()
    expect([await progress(), await found()]).toEqual([{ done: false, customers: 0, changed: 0 }, COUNT])
    await follow(once)
    expect([await progress(), await found()]).toEqual([{ done: false, customers: 500, changed: 500 }, COUNT - 500])
    await follow(once)
    await follow(once)
    expect([await progress(), await found()]).toEqual([{ done: true, customers: COUNT, changed: COUNT }, 0])
    await authoriseField(office.records, office.call(), 'colour')
    await follow(always)
    expect([await progress(), await found()]).toEqual([{ done: true, customers: COUNT, changed: COUNT }, COUNT])
  })

  test('from the beginning when they change meanwhile', async () => {
    await remove()
    await follow(once)
    await authoriseField(office.records, office.call(), 'colour')
    expect(await progress()).toMatchObject({ done: false, customers: 0 })
    await follow(always)
    expect([await progress(), await found()]).toEqual([{ done: true, customers: COUNT, changed: 500 }, COUNT])
  })

  test('also where a field came back before the index had followed', async () => {
    await remove()
    await authoriseField(office.records, office.call(), 'colour')
    expect((await progress()).done).toBe(false)
    await follow(always)
    expect(await progress()).toEqual({ done: true, customers: COUNT, changed: 0 })
  })

  test('not before everybody goes by the new ones', async () => {
    await remove()
    const { updated_at } = (await office.records.current('field', 'colour', true)) ?? {}
    await follow(always, updated_at)
    expect([await progress(), await found()]).toEqual([{ done: false, customers: 0, changed: 0 }, COUNT])
  })
})
