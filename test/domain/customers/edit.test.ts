import { beforeEach, describe, expect, test } from '@jest/globals'
import { field } from '#contract/schemas/field.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer, putCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { getCustomer } from '#domain/customers/read.ts'
import { InvalidInput, KeyReused, NotFound, StaleVersion, StateConflict } from '#domain/errors.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const COLOUR = field.parse({ name: 'colour', label: 'Colour', type: 'text', state: 'authorised' })
const FIELDS = new Map([['colour', COLOUR]])
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const LEE = { surname: 'Lee', given_name: 'Ann', details: { colour: 'red' } }

let store: MemoryRecordStore
beforeEach(() => {
  store = new MemoryRecordStore()
})

const create = (second = 0, body: Parameters<typeof createCustomer>[3] = LEE, key?: string) =>
  createCustomer(store, contextAt(second), FIELDS, body, key)
const patch = (id: string, second: number, body: Parameters<typeof patchCustomer>[4], condition = {}) =>
  patchCustomer(store, contextAt(second), FIELDS, id, body, { ...ALWAYS, ...condition })
const put = (id: string, second: number, body: Parameters<typeof putCustomer>[4]) =>
  putCustomer(store, contextAt(second), FIELDS, id, body, ALWAYS)
const asOf = async (id: string, second: number) =>
  (await getCustomer(store, id, { as_of: timeAt(second) }, true, timeAt(1000))).customer

describe('creating a customer', () => {
  test('again under the same idempotency key returns the first result, also after a change', async () => {
    const first = await create(0, LEE, 'key')
    await patch(first.customer.id, 1, { surname: 'Leigh' })
    expect(await create(2, LEE, 'key')).toMatchObject({
      customer: { id: first.customer.id, surname: 'Lee', etag: first.customer.etag },
    })
    expect(store.size).toBe(2)
  })

  test('under the same key with another body is refused', async () => {
    await create(0, LEE, 'key')
    await expect(create(1, { ...LEE, surname: 'Li' }, 'key')).rejects.toThrow(KeyReused)
    await expect(create(1, { ...LEE, valid_from: timeAt(-5) }, 'key')).rejects.toThrow(KeyReused)
  })

  test('under the same key by another caller creates another customer', async () => {
    const first = await create(0, LEE, 'key')
    const second = await createCustomer(store, contextAt(1, { actor: 'other' }), FIELDS, LEE, 'key')
    expect(second.customer.id).not.toBe(first.customer.id)
  })

  test('under one key several times at once creates one customer', async () => {
    const results = await Promise.all([0, 0, 0, 0].map(second => create(second, LEE, 'key')))
    expect(new Set(results.map(({ customer }) => customer.version)).size).toBe(1)
    expect(store.size).toBe(1)
  })

  test('with a past effective date shows the customer since then', async () => {
    const { customer } = await create(0, { ...LEE, valid_from: timeAt(-100) })
    expect(await asOf(customer.id, -100)).toMatchObject({ surname: 'Lee', valid_to: null, recorded_at: timeAt(0) })
    await expect(asOf(customer.id, -101)).rejects.toThrow(NotFound)
  })

  test('reports all faults', async () => {
    const invalid = { dob: '2030', valid_from: timeAt(1), details: { shape: 'round' } }
    const error: unknown = await create(0, invalid).catch((thrown: unknown) => thrown)
    expect(error instanceof InvalidInput && error.faults.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['#/valid_from', '#/dob', '#/details/shape', '#']),
    )
    expect(store.size).toBe(0)
  })
})

describe('patching a customer', () => {
  test('with the tag of an older version is refused and changes nothing', async () => {
    const { customer } = await create()
    const second = await patch(customer.id, 1, { surname: 'Leigh' }, { ifMatch: customer.etag })
    await expect(patch(customer.id, 2, { surname: 'Li' }, { ifMatch: customer.etag })).rejects.toThrow(StaleVersion)
    expect(await patch(customer.id, 3, { surname: 'Li' }, { ifMatch: second.customer.etag })).toMatchObject({
      customer: { surname: 'Li' },
    })
    expect(await patch(customer.id, 4, { surname: 'Lu' }, { ifMatch: '*' })).toMatchObject({
      customer: { surname: 'Lu' },
    })
  })

  test('without a change makes no version and keeps the tag', async () => {
    const { customer } = await create()
    expect(await patch(customer.id, 1, { ...LEE, dob: null })).toEqual({ customer })
    expect(store.size).toBe(1)
  })

  test('again under the same idempotency key returns the first result, whatever changed since', async () => {
    const { customer } = await create()
    const conditions = { ifMatch: customer.etag, idempotencyKey: 'key' }
    const first = await patch(customer.id, 1, { surname: 'Leigh' }, conditions)
    await patch(customer.id, 2, { surname: 'Lee' })
    await deleteCustomer(store, contextAt(3), customer.id, ALWAYS)
    expect(await patch(customer.id, 4, { surname: 'Leigh' }, conditions)).toMatchObject({
      customer: { surname: 'Leigh', etag: first.customer.etag },
    })
    await expect(patch(customer.id, 5, { surname: 'Li' }, conditions)).rejects.toThrow(KeyReused)
    expect(store.size).toBe(4)
  })

  test('that is unknown or deleted is refused', async () => {
    const { customer } = await create()
    await expect(patch('none', 1, { surname: 'Li' })).rejects.toThrow(NotFound)
    await deleteCustomer(store, contextAt(1), customer.id, ALWAYS)
    await expect(patch(customer.id, 2, { surname: 'Li' })).rejects.toThrow(StateConflict)
    await expect(put(customer.id, 2, { surname: 'Li' })).rejects.toThrow(StateConflict)
  })

  test('is refused when the customer would have no name', async () => {
    const { customer } = await create()
    await expect(patch(customer.id, 1, { surname: null, given_name: null })).rejects.toThrow(InvalidInput)
    await expect(put(customer.id, 1, { dob: '1999' })).rejects.toThrow(InvalidInput)
    expect(store.size).toBe(1)
  })

  test('with a past effective date changes the customer from then until the next version', async () => {
    const { customer } = await create()
    await patch(customer.id, 20, { surname: 'Leigh' })
    await patch(customer.id, 30, { surname: 'Li', dob: '1985', valid_from: timeAt(10) })
    expect(await asOf(customer.id, 9)).toMatchObject({ surname: 'Lee', dob: null, valid_to: timeAt(10) })
    expect(await asOf(customer.id, 10)).toMatchObject({ surname: 'Li', dob: '1985', valid_to: timeAt(20) })
    expect(await asOf(customer.id, 20)).toMatchObject({ surname: 'Leigh', dob: '1985', valid_to: null })
  })
})

describe('replacing a customer', () => {
  test('keeps the stated fields and clears the others', async () => {
    const { customer } = await create()
    const result = await put(customer.id, 1, { surname: 'Leigh', dob: '1985' })
    expect(result.customer).toMatchObject({
      type: 'PERSON',
      surname: 'Leigh',
      given_name: null,
      dob: '1985',
      state: 'active',
    })
    expect(result.customer.details).toEqual({})
  })

  test('with a past effective date also clears what was cleared since then', async () => {
    const { customer } = await create()
    await patch(customer.id, 20, { details: { colour: null } })
    await put(customer.id, 30, { surname: 'Leigh', valid_from: timeAt(10) })
    const earlier = await asOf(customer.id, 10)
    expect(earlier).toMatchObject({ surname: 'Leigh', given_name: null })
    expect(earlier.details).toEqual({})
  })
})

describe('deleting a customer', () => {
  test('takes effect once, and restoring brings back the same customer', async () => {
    const { customer } = await create()
    const deleted = await deleteCustomer(store, contextAt(1), customer.id, ALWAYS)
    expect(deleted.customer).toMatchObject({ state: 'deleted', surname: 'Lee' })
    expect(await deleteCustomer(store, contextAt(2), customer.id, ALWAYS)).toEqual(deleted)
    const restored = await restoreCustomer(store, contextAt(3), customer.id, ALWAYS)
    expect(restored.customer).toMatchObject({ ...LEE, state: 'active' })
    expect(await restoreCustomer(store, contextAt(4), customer.id, ALWAYS)).toEqual(restored)
    expect(store.size).toBe(3)
  })

  test('works when concurrent changes left the customer without a name', async () => {
    const { customer } = await create()
    const otherLocation = new MemoryRecordStore()
    for (const v of store.versionsOf('customer', customer.id)) otherLocation.receive(v)
    await patch(customer.id, 1, { surname: null })
    await patchCustomer(
      otherLocation,
      contextAt(1, { location: 'loc2' }),
      FIELDS,
      customer.id,
      { given_name: null },
      ALWAYS,
    )
    for (const v of otherLocation.versionsOf('customer', customer.id)) store.receive(v)
    store.reconcile('customer', customer.id)
    expect(await asOf(customer.id, 5)).toMatchObject({ surname: null, given_name: null, state: 'active' })
    expect(await deleteCustomer(store, contextAt(6), customer.id, ALWAYS)).toMatchObject({
      customer: { state: 'deleted' },
    })
  })
})
