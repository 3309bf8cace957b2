import { beforeEach, describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer, putCustomer } from '#domain/customers/edit.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import { holdCustomer, isHeld, releaseCustomer, toActivity, toHold } from '#domain/retention/hold.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const NO_FIELDS = new Map()
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const reason = 'a court asked'

let records: MemoryRecordStore
let id: string
beforeEach(async () => {
  records = new MemoryRecordStore()
  const result = await createCustomer(records, contextAt(0), NO_FIELDS, { surname: 'Kept' }, undefined)
  id = result.customer.id
})

async function row(): Promise<CurrentRecord> {
  const found = await records.current('customer', id, true)
  if (found === null) throw new Error('the customer exists')
  return found
}
const versions = () => records.versionsOf('customer', id)

test('a hold and its release are versions', async () => {
  const hold = await holdCustomer(records, contextAt(1), id, { reason, until: timeAt(100) })
  expect(hold).toEqual({ id, held: true, reason, until: timeAt(100) })
  expect(await releaseCustomer(records, contextAt(2), id)).toEqual({ id, held: false, reason: null, until: null })
  expect(versions().map(({ action }) => action)).toEqual(['create', 'hold', 'release'])
})

test('a hold repeated makes no version, and changed makes one', async () => {
  await holdCustomer(records, contextAt(1), id, { reason })
  await holdCustomer(records, contextAt(2), id, { reason, until: null })
  expect(versions()).toHaveLength(2)
  await holdCustomer(records, contextAt(3), id, { reason, until: timeAt(9) })
  expect(versions()).toHaveLength(3)
})

test.each([
  ['the past', timeAt(1)],
  ['now', timeAt(2)],
])('a hold that ends in %s is refused and not stored', async (_, until) => {
  await expect((async () => holdCustomer(records, contextAt(2), id, { reason, until }))()).rejects.toMatchObject({
    faults: [{ pointer: '#/until', detail: 'is in the past' }],
  })
  expect(versions()).toHaveLength(1)
})

test('a hold lasts until its end', () => {
  const until = timeAt(5)
  expect([isHeld({ held: true, until }, timeAt(4)), isHeld({ held: true, until }, timeAt(5))]).toEqual([true, false])
  expect(isHeld({ held: true, until: null }, '9999')).toBe(true)
})

test('a hold of an unknown customer and the release of a missing hold are refused', async () => {
  const unknownId = '00000000-0000-4000-8000-00000000ffff'
  await expect(holdCustomer(records, contextAt(1), unknownId, { reason })).rejects.toThrow('Customer not found')
  await expect(releaseCustomer(records, contextAt(1), id)).rejects.toThrow('has no hold')
})

test('a hold remains through every change of the customer', async () => {
  await holdCustomer(records, contextAt(1), id, { reason })
  await patchCustomer(records, contextAt(2), NO_FIELDS, id, { given_name: 'A' }, ALWAYS)
  await putCustomer(records, contextAt(3), NO_FIELDS, id, { surname: 'Other' }, ALWAYS)
  await deleteCustomer(records, contextAt(4), id, ALWAYS)
  expect(toHold((await row()).snapshot)).toMatchObject({ held: true, reason })
})

describe('the last activity of a customer', () => {
  test('is not changed by a hold and its release', async () => {
    await holdCustomer(records, contextAt(10), id, { reason })
    expect(toActivity(await row())).toBe(timeAt(0))
    await holdCustomer(records, contextAt(20), id, { reason: 'another' })
    await releaseCustomer(records, contextAt(30), id)
    expect(toActivity(await row())).toBe(timeAt(0))
  })

  test('is changed by every other change after the hold', async () => {
    await holdCustomer(records, contextAt(10), id, { reason })
    await patchCustomer(records, contextAt(20), NO_FIELDS, id, { given_name: 'A' }, ALWAYS)
    expect(toActivity(await row())).toBe(timeAt(20))
    await releaseCustomer(records, contextAt(30), id)
    expect(toActivity(await row())).toBe(timeAt(20))
  })

  test('is changed by a concurrent change that was recorded before the hold', async () => {
    const before = await row()
    const change = { action: 'update', fields: { given_name: 'Else' } } as const
    const write = await prepareWrite(
      before,
      before,
      change,
      contextAt(5, { location: 'loc2' }),
      records.versions('customer', id, true),
    )
    if (!write) throw new Error('the change makes a version')
    await holdCustomer(records, contextAt(10), id, { reason })
    records.receive(write.version)
    await reconcile(
      records,
      contextAt(11),
      { kind: 'customer', id, row: await records.current('customer', id, true) },
      [write.version],
    )
    expect((await row()).snapshot).toMatchObject({ given_name: 'Else' })
    expect(toActivity(await row())).toBe(timeAt(10))
  })
})
