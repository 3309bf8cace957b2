import { beforeEach, describe, expect, test } from '@jest/globals'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { AuditItem } from '#contract/schemas/audit.ts'
import { listQuery } from '#contract/schemas/customer.ts'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer, putCustomer } from '#domain/customers/edit.ts'
import { customerDiff, customerHistory, getCustomer, type Time } from '#domain/customers/read.ts'
import { merge } from '#domain/duplicates/merge.ts'
import { authoriseField, patchField, requestField } from '#domain/fields/fields.ts'
import { transition } from '#domain/fields/lifecycle.ts'
import { toRemovals } from '#domain/fields/removal-timeline.ts'
import { holdCustomer, releaseCustomer } from '#domain/retention/hold.ts'
import { listCustomers } from '#domain/search/list-customers.ts'
import { FieldVisibility, type Reader } from '#domain/visibility/field-visibility.ts'
import { timeAt } from '#test/in-memory/context.ts'
import { TestLocation } from '#test/in-memory/test-location.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

let location: TestLocation
let id: string

const toVisibility = async (reader: Reader) => {
  const definitions = await location.definitions()
  return new FieldVisibility(reader, definitions, await toRemovals(location.records, definitions.onceRemoved))
}
const create = async (details: Record<string, string>, valid_from?: string) =>
  (
    await createCustomer(
      location.records,
      location.context(),
      await location.definitions(),
      { surname: 'Amsel', details, valid_from },
      undefined,
    )
  ).customer.id
const patch = async (changes: Parameters<typeof patchCustomer>[4]) =>
  patchCustomer(location.records, location.context(), await location.definitions(), id, changes, ALWAYS)
const put = async (changes: Parameters<typeof putCustomer>[4]) =>
  putCustomer(location.records, location.context(), await location.definitions(), id, changes, ALWAYS)
const remove = () => transition(location.records, location.context('provider'), 'field', 'colour', 'remove')
const authorise = () => authoriseField(location.records, location.context('provider'), 'colour')

/** Returns the details that a reader sees of the customer. */
const getDetails = async (reader: Reader, time: Time = {}) => {
  const { customer } = await getCustomer(location.records, id, time, true, location.context().now)
  return (await toVisibility(reader)).one(customer, time).details
}
/** Returns the details of every version that a reader sees, newest first. */
const getDetailsHistory = async (reader: Reader) => {
  const { items } = await customerHistory(location.records, id, 100, undefined)
  const visibility = await toVisibility(reader)
  return items.map(item => visibility.version(item).details)
}
/** Returns the current time; later steps have a later one. */
const now = () => location.context().now

beforeEach(async () => {
  location = new TestLocation()
  await requestField(location, location.context(), requestFieldBody.parse({ name: 'colour', type: 'text' }))
  await authorise()
  id = await create({ colour: 'red' })
})

describe('a removed field', () => {
  test('is hidden from everybody now and from agents in the past; the provider sees its past values', async () => {
    const before = now()
    await remove()
    const afterwards = now()
    await patch({ given_name: 'Ada' })
    for (const reader of ['agent', 'provider'] as const) {
      expect(await getDetails(reader)).toEqual({})
      expect(await getDetails(reader, { as_of: afterwards })).toEqual({})
      expect(await getDetails(reader, { known_at: afterwards })).toEqual({})
    }
    expect(await getDetails('agent', { as_of: before })).toEqual({})
    expect(await getDetails('provider', { as_of: before })).toEqual({ colour: 'red' })
    expect(await getDetails('provider', { known_at: before })).toEqual({ colour: 'red' })
    expect(await getDetails('provider', { as_of: afterwards, known_at: before })).toEqual({ colour: 'red' })
    expect(await getDetailsHistory('agent')).toEqual([{}, {}])
    expect(await getDetailsHistory('provider')).toEqual([{}, { colour: 'red' }])
  })

  test('is visible again once it is authorised again, except for the time of its removal', async () => {
    await remove()
    const meanwhile = now()
    await patch({ given_name: 'Ada' })
    await put({ surname: 'Drossel' })
    await authorise()
    for (const reader of ['agent', 'provider'] as const) {
      expect(await getDetails(reader)).toEqual({ colour: 'red' })
      expect(await getDetails(reader, { as_of: meanwhile })).toEqual({})
      expect(await getDetailsHistory(reader)).toEqual([{}, {}, { colour: 'red' }])
    }
    await put({ surname: 'Drossel' })
    expect(await getDetails('agent')).toEqual({})
  })

  test('finds no customer in the list as of its removal, also after it is authorised again', async () => {
    const before = now()
    await remove()
    const meanwhile = now()
    await authorise()
    const findIds = async (reader: Reader, time: Time) => {
      const visibility = await toVisibility(reader)
      const ports = { records: location.records, lists: location.lists, index: new MemoryIndex() }
      const query = { ...listQuery.parse({ 'detail.colour': 'red' }), ...time }
      const { all } = await location.definitions()
      const page = await listCustomers(ports, all, query, undefined, location.context().now, customer =>
        visibility.listed(customer, query),
      )
      return page.items.map(customer => customer.id)
    }
    for (const reader of ['agent', 'provider'] as const) {
      expect(await findIds(reader, {})).toEqual([id])
      expect(await findIds(reader, { as_of: before })).toEqual([id])
      expect(await findIds(reader, { as_of: meanwhile })).toEqual([])
      expect(await findIds(reader, { known_at: meanwhile })).toEqual([])
    }
  })

  test('accepts no values, not even null', async () => {
    await remove()
    await expect(patch({ details: { colour: 'blue' } })).rejects.toMatchObject({
      faults: [{ pointer: '#/details/colour', detail: 'is not an authorised field' }],
    })
    await expect(patch({ details: { colour: null } })).rejects.toMatchObject({ kind: 'invalid-input' })
  })

  test('is hidden from agents in differences and in the fields a merged customer contributed', async () => {
    const otherId = await create({})
    const ids = [id, otherId].sort()
    await merge(location.records, location.context(), [id, otherId], null)
    id = ids[0] ?? ''
    const from = timeAt(-1000)
    const all = await customerDiff(location.records, id, from, now())
    expect(JSON.stringify(all)).toContain('red')
    expect((await toVisibility('agent')).differences(all, 'one')).toEqual(all)
    await remove()
    const seen = (await toVisibility('agent')).differences(all, 'one')
    expect(JSON.stringify(seen)).not.toContain('red')
    expect(seen.map(({ field }) => field)).toEqual(expect.arrayContaining(['surname', 'type']))
    expect((await toVisibility('provider')).differences(all, 'one')).toEqual(all)
  })

  test('is hidden from agents in the audit and in the fields a merged customer contributed', async () => {
    const [survivor = '', mergedId = ''] = [await create({}), await create({})].sort()
    id = mergedId
    await patch({ details: { colour: 'red' } })
    await merge(location.records, location.context(), [survivor, mergedId], null)
    const snapshot = (await location.records.current('customer', survivor, true))?.snapshot ?? {}
    const entry = { before: null, after: snapshot } as unknown as AuditItem
    await remove()
    const seen = (await toVisibility('agent')).change(entry)
    expect(snapshot[`absorbed.${mergedId}`]).toContain('red')
    expect(Object.keys(seen.after ?? {})).toEqual(expect.arrayContaining(['surname', 'type']))
    expect(JSON.stringify(seen)).not.toContain('red')
    expect((await toVisibility('provider')).change(entry)).toEqual(entry)
  })
})

test('values effective before a field existed, or while it was removed, are visible', async () => {
  await remove()
  await authorise()
  id = await create({ colour: 'green' }, '2010-01-01T00:00:00.000Z')
  for (const as_of of ['2015-01-01T00:00:00.000Z', timeAt(3)])
    expect(await getDetails('agent', { as_of })).toEqual({ colour: 'green' })
})

test('a changed field definition leaves old versions readable', async () => {
  await patchField(location.records, location.context('provider'), 'colour', {
    pattern: '\\d+',
    label: 'Code',
    required: true,
  })
  expect(await getDetails('agent')).toEqual({ colour: 'red' })
  expect(await getDetailsHistory('agent')).toEqual([{ colour: 'red' }])
  await patch({ given_name: 'Ada' })
  await expect(patch({ details: { colour: 'blue' } })).rejects.toMatchObject({
    faults: [{ detail: 'does not match \\d+' }],
  })
})

describe('a sensitive field', () => {
  beforeEach(async () => {
    await patchField(location.records, location.context('provider'), 'colour', { pii: 'sensitive' })
  })

  test.each<[Reader, boolean]>([
    ['agent', false],
    ['provider', true],
  ])('is visible to the %s for one customer, and in lists: %p', async (reader, inLists) => {
    const { customer } = await getCustomer(location.records, id, {}, true, now())
    const visibility = await toVisibility(reader)
    expect(visibility.one(customer).details).toEqual({ colour: 'red' })
    expect(visibility.listed(customer).details).toEqual(inLists ? { colour: 'red' } : {})
    const all = await customerDiff(location.records, id, timeAt(-1000), now())
    expect(visibility.differences(all, 'one').some(({ field }) => field === 'details.colour')).toBe(true)
    expect(visibility.differences(all, 'many').some(({ field }) => field === 'details.colour')).toBe(inLists)
  })
})

describe('a hold', () => {
  const until = '2099-01-01T00:00:00.000Z'
  const reason = 'a court asked'
  const differences = async (reader: Reader, from: string) =>
    (await toVisibility(reader)).differences(await customerDiff(location.records, id, from, now()), 'one')

  test('is shown in differences to the provider, in plain words, and hidden from agents', async () => {
    const before = now()
    await holdCustomer(location.records, location.context('provider'), id, { reason, until })
    expect(await differences('agent', before)).toEqual([])
    expect(await differences('provider', before)).toMatchObject([
      { field: 'hold', before: null, after: `a court asked (until ${until})`, actor: 'provider' },
    ])
    await holdCustomer(location.records, location.context('provider'), id, { reason })
    expect(await differences('provider', before)).toMatchObject([{ field: 'hold', before: null, after: reason }])
    await releaseCustomer(location.records, location.context('provider'), id)
    expect(await differences('provider', before)).toEqual([])
  })

  test('is shown by the audit in the same words', async () => {
    const held = await holdCustomer(location.records, location.context('provider'), id, { reason })
    expect(held.held).toBe(true)
    const storedHold = (await location.records.current('customer', id, true))?.snapshot.hold ?? null
    expect(storedHold).not.toBeNull()
    const entry = { before: { hold: null }, after: { hold: storedHold } } as unknown as AuditItem
    expect((await toVisibility('provider')).change(entry)).toEqual({ before: { hold: null }, after: { hold: reason } })
    expect((await toVisibility('agent')).change(entry)).toEqual({ before: {}, after: {} })
  })
})
