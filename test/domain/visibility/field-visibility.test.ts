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
import { timeAt } from '#test/in-memory/call.ts'
import { Office } from '#test/in-memory/retention-fixtures.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

let office: Office
let id: string

const toVisibility = async (reader: Reader) => {
  const known = await office.definitions()
  return new FieldVisibility(reader, known, await toRemovals(office.records, known.onceRemoved))
}
const create = async (details: Record<string, string>, valid_from?: string) =>
  (
    await createCustomer(
      office.records,
      office.call(),
      await office.definitions(),
      { surname: 'Amsel', details, valid_from },
      undefined,
    )
  ).customer.id
const patch = async (said: Parameters<typeof patchCustomer>[4]) =>
  patchCustomer(office.records, office.call(), await office.definitions(), id, said, ALWAYS)
const put = async (said: Parameters<typeof patchCustomer>[4]) =>
  putCustomer(office.records, office.call(), await office.definitions(), id, said, ALWAYS)
const remove = () => transition(office.records, office.call('provider'), 'field', 'colour', 'remove')
const authorise = () => authoriseField(office.records, office.call('provider'), 'colour')

/** The details as a reader is told them; null: there was no such customer. */
const told = async (reader: Reader, time: Time = {}) => {
  const { customer } = await getCustomer(office.records, id, time, true, office.call().now)
  return (await toVisibility(reader)).one(customer, time).details
}
/** The details of every version, newest first. */
const history = async (reader: Reader) => {
  const { items } = await customerHistory(office.records, id, 100, undefined)
  const see = await toVisibility(reader)
  return items.map(item => see.version(item).details)
}
/** Now, so that what comes after is later. */
const moment = () => office.call().now

beforeEach(async () => {
  office = new Office()
  await requestField(office, office.call(), requestFieldBody.parse({ name: 'colour', type: 'text' }))
  await authorise()
  id = await create({ colour: 'red' })
})

describe('a field that is removed', () => {
  test('is hidden now from everybody, in the past from agents; the provider sees it where it was', async () => {
    const before = moment()
    await remove()
    const afterwards = moment()
    await patch({ given_name: 'Ada' })
    for (const reader of ['agent', 'provider'] as const) {
      expect(await told(reader)).toEqual({})
      expect(await told(reader, { as_of: afterwards })).toEqual({})
      expect(await told(reader, { known_at: afterwards })).toEqual({})
    }
    expect(await told('agent', { as_of: before })).toEqual({})
    expect(await told('provider', { as_of: before })).toEqual({ colour: 'red' })
    expect(await told('provider', { known_at: before })).toEqual({ colour: 'red' })
    expect(await told('provider', { as_of: afterwards, known_at: before })).toEqual({ colour: 'red' })
    expect(await history('agent')).toEqual([{}, {}])
    expect(await history('provider')).toEqual([{}, { colour: 'red' }])
  })

  test('is there again when it is authorised again, whatever was done meanwhile; not while it was removed', async () => {
    await remove()
    const meanwhile = moment()
    await patch({ given_name: 'Ada' })
    await put({ surname: 'Drossel' })
    await authorise()
    for (const reader of ['agent', 'provider'] as const) {
      expect(await told(reader)).toEqual({ colour: 'red' })
      expect(await told(reader, { as_of: meanwhile })).toEqual({})
      expect(await history(reader)).toEqual([{}, {}, { colour: 'red' }])
    }
    await put({ surname: 'Drossel' })
    expect(await told('agent')).toEqual({})
  })

  test('picks nobody from the list as it was while it was removed, though it is there again', async () => {
    const before = moment()
    await remove()
    const meanwhile = moment()
    await authorise()
    const found = async (reader: Reader, time: Time) => {
      const see = await toVisibility(reader)
      const ports = { records: office.records, lists: office.lists, index: new MemoryIndex() }
      const query = { ...listQuery.parse({ 'detail.colour': 'red' }), ...time }
      const { all } = await office.definitions()
      const page = await listCustomers(ports, all, query, undefined, office.call().now, one => see.listed(one, query))
      return page.items.map(one => one.id)
    }
    for (const reader of ['agent', 'provider'] as const) {
      expect(await found(reader, {})).toEqual([id])
      expect(await found(reader, { as_of: before })).toEqual([id])
      expect(await found(reader, { as_of: meanwhile })).toEqual([])
      expect(await found(reader, { known_at: meanwhile })).toEqual([])
    }
  })

  test('takes no values, not even none', async () => {
    await remove()
    await expect(patch({ details: { colour: 'blue' } })).rejects.toMatchObject({
      faults: [{ pointer: '#/details/colour', detail: 'is not an authorised field' }],
    })
    await expect(patch({ details: { colour: null } })).rejects.toMatchObject({ kind: 'invalid-input' })
  })

  test('is not told in differences to an agent, nor in what a merged customer gave', async () => {
    const other = await create({})
    const ids = [id, other].sort()
    await merge(office.records, office.call(), [id, other], null)
    id = ids[0] ?? ''
    const from = timeAt(-1000)
    const all = await customerDiff(office.records, id, from, moment())
    expect(JSON.stringify(all)).toContain('red')
    expect((await toVisibility('agent')).differences(all, 'one')).toEqual(all)
    await remove()
    const seen = (await toVisibility('agent')).differences(all, 'one')
    expect(JSON.stringify(seen)).not.toContain('red')
    expect(seen.map(({ field }) => field)).toEqual(expect.arrayContaining(['surname', 'type']))
    expect((await toVisibility('provider')).differences(all, 'one')).toEqual(all)
  })

  test('is not told by the audit to an agent, nor in what a merged customer gave', async () => {
    const [lesser = '', greater = ''] = [await create({}), await create({})].sort()
    id = greater
    await patch({ details: { colour: 'red' } })
    await merge(office.records, office.call(), [lesser, greater], null)
    const said = (await office.records.current('customer', lesser, true))?.snapshot ?? {}
    const entry = { before: null, after: said } as unknown as AuditItem
    await remove()
    const seen = (await toVisibility('agent')).change(entry)
    expect(said[`absorbed.${greater}`]).toContain('red')
    expect(Object.keys(seen.after ?? {})).toEqual(expect.arrayContaining(['surname', 'type']))
    expect(JSON.stringify(seen)).not.toContain('red')
    expect((await toVisibility('provider')).change(entry)).toEqual(entry)
  })
})

test('what is said of times before there was the field, or while it was removed, is seen', async () => {
  await remove()
  await authorise()
  id = await create({ colour: 'green' }, '2010-01-01T00:00:00.000Z')
  for (const as_of of ['2015-01-01T00:00:00.000Z', timeAt(3)])
    expect(await told('agent', { as_of })).toEqual({ colour: 'green' })
})

test('a change of a field makes no old version unreadable', async () => {
  await patchField(office.records, office.call('provider'), 'colour', {
    pattern: '\\d+',
    label: 'Code',
    required: true,
  })
  expect(await told('agent')).toEqual({ colour: 'red' })
  expect(await history('agent')).toEqual([{ colour: 'red' }])
  await patch({ given_name: 'Ada' })
  await expect(patch({ details: { colour: 'blue' } })).rejects.toMatchObject({
    faults: [{ detail: 'does not match \\d+' }],
  })
})

describe('a sensitive field', () => {
  beforeEach(async () => {
    await patchField(office.records, office.call('provider'), 'colour', { pii: 'sensitive' })
  })

  test.each<[Reader, boolean]>([
    ['agent', false],
    ['provider', true],
  ])('is told to the %s about one customer, and about others: %p', async (reader, everywhere) => {
    const { customer } = await getCustomer(office.records, id, {}, true, moment())
    const see = await toVisibility(reader)
    expect(see.one(customer).details).toEqual({ colour: 'red' })
    expect(see.listed(customer).details).toEqual(everywhere ? { colour: 'red' } : {})
    const all = await customerDiff(office.records, id, timeAt(-1000), moment())
    expect(see.differences(all, 'one').some(({ field }) => field === 'details.colour')).toBe(true)
    expect(see.differences(all, 'many').some(({ field }) => field === 'details.colour')).toBe(everywhere)
  })
})

describe('a hold', () => {
  const until = '2099-01-01T00:00:00.000Z'
  const reason = 'a court asked'
  const differences = async (reader: Reader, from: string) =>
    (await toVisibility(reader)).differences(await customerDiff(office.records, id, from, moment()), 'one')

  test('is told in differences to the provider, in plain words, and not to an agent', async () => {
    const before = moment()
    await holdCustomer(office.records, office.call('provider'), id, { reason, until })
    expect(await differences('agent', before)).toEqual([])
    expect(await differences('provider', before)).toMatchObject([
      { field: 'hold', before: null, after: `a court asked (until ${until})`, actor: 'provider' },
    ])
    await holdCustomer(office.records, office.call('provider'), id, { reason })
    expect(await differences('provider', before)).toMatchObject([{ field: 'hold', before: null, after: reason }])
    await releaseCustomer(office.records, office.call('provider'), id)
    expect(await differences('provider', before)).toEqual([])
  })

  test('is told by the audit in the same words', async () => {
    const held = await holdCustomer(office.records, office.call('provider'), id, { reason })
    expect(held.held).toBe(true)
    const written = (await office.records.current('customer', id, true))?.snapshot.hold ?? null
    expect(written).not.toBeNull()
    const entry = { before: { hold: null }, after: { hold: written } } as unknown as AuditItem
    expect((await toVisibility('provider')).change(entry)).toEqual({ before: { hold: null }, after: { hold: reason } })
    expect((await toVisibility('agent')).change(entry)).toEqual({ before: {}, after: {} })
  })
})

describe('a required field', () => {
  const required = { pointer: '#/details/colour', detail: 'is required' }
  beforeEach(async () => {
    id = await create({})
    await patchField(office.records, office.call('provider'), 'colour', { required: true })
  })

  test('has to be said of who is created or stated whole, and cannot be cleared', async () => {
    await expect(create({})).rejects.toMatchObject({ faults: [required] })
    await expect(put({ surname: 'A' })).rejects.toMatchObject({ faults: [required] })
    await expect(patch({ details: { colour: null } })).rejects.toMatchObject({ faults: [required] })
  })

  test('keeps nobody from changing something else of who lacks it', async () => {
    await patch({ given_name: 'Ada' })
    expect((await put({ surname: 'A', details: { colour: 'red' } })).customer.details).toEqual({ colour: 'red' })
  })
})
