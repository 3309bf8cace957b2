import { beforeEach, describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer, putCustomer } from '#domain/customers/edit.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { prepareWrite } from '#domain/records/prepare-write.ts'
import { reconcile } from '#domain/records/reconcile.ts'
import { holdCustomer, isHeld, releaseCustomer, toActivity, toHold } from '#domain/retention/hold.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const NO_FIELDS = new Map()
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const reason = 'a court asked'

let records: MemoryRecordStore
let id: string
beforeEach(async () => {
  records = new MemoryRecordStore()
  const made = await createCustomer(records, callAt(0), NO_FIELDS, { surname: 'Kept' }, undefined)
  id = made.customer.id
})

async function row(): Promise<CurrentRecord> {
  const found = await records.current('customer', id, true)
  if (found === null) throw new Error('there is one')
  return found
}
const versions = () => records.here('customer', id)

test('a hold is a version, and so is its end', async () => {
  const held = await holdCustomer(records, callAt(1), id, { reason, until: timeAt(100) })
  expect(held).toEqual({ id, held: true, reason, until: timeAt(100) })
  expect(await releaseCustomer(records, callAt(2), id)).toEqual({ id, held: false, reason: null, until: null })
  expect(versions().map(({ action }) => action)).toEqual(['create', 'hold', 'release'])
})

test('said again makes no version; said otherwise it does', async () => {
  await holdCustomer(records, callAt(1), id, { reason })
  await holdCustomer(records, callAt(2), id, { reason, until: null })
  expect(versions()).toHaveLength(2)
  await holdCustomer(records, callAt(3), id, { reason, until: timeAt(9) })
  expect(versions()).toHaveLength(3)
})

test.each([
  ['the past', timeAt(1)],
  ['now', timeAt(2)],
])('that ends in %s is refused, and nothing is stored', async (_, until) => {
  await expect((async () => holdCustomer(records, callAt(2), id, { reason, until }))()).rejects.toMatchObject({
    faults: [{ pointer: '#/until', detail: 'is in the past' }],
  })
  expect(versions()).toHaveLength(1)
})

test('is there until its end', () => {
  const until = timeAt(5)
  expect([isHeld({ held: true, until }, timeAt(4)), isHeld({ held: true, until }, timeAt(5))]).toEqual([true, false])
  expect(isHeld({ held: true, until: null }, '9999')).toBe(true)
})

test('of nobody, and the end of none, are refused', async () => {
  const nobody = '00000000-0000-4000-8000-00000000ffff'
  await expect(holdCustomer(records, callAt(1), nobody, { reason })).rejects.toThrow('Customer not found')
  await expect(releaseCustomer(records, callAt(1), id)).rejects.toThrow('has no hold')
})

test('outlives every change of the customer', async () => {
  await holdCustomer(records, callAt(1), id, { reason })
  await patchCustomer(records, callAt(2), NO_FIELDS, id, { given_name: 'A' }, ALWAYS)
  await putCustomer(records, callAt(3), NO_FIELDS, id, { surname: 'Other' }, ALWAYS)
  await deleteCustomer(records, callAt(4), id, ALWAYS)
  expect(toHold((await row()).snapshot)).toMatchObject({ held: true, reason })
})

describe('when the customer was last changed', () => {
  test('is not moved by a hold and its end', async () => {
    await holdCustomer(records, callAt(10), id, { reason })
    expect(toActivity(await row())).toBe(timeAt(0))
    await holdCustomer(records, callAt(20), id, { reason: 'another' })
    await releaseCustomer(records, callAt(30), id)
    expect(toActivity(await row())).toBe(timeAt(0))
  })

  test('is moved by every other change after it', async () => {
    await holdCustomer(records, callAt(10), id, { reason })
    await patchCustomer(records, callAt(20), NO_FIELDS, id, { given_name: 'A' }, ALWAYS)
    expect(toActivity(await row())).toBe(timeAt(20))
    await releaseCustomer(records, callAt(30), id)
    expect(toActivity(await row())).toBe(timeAt(20))
  })

  test('is moved by a change that was made elsewhere meanwhile, though that was recorded before the hold', async () => {
    const before = await row()
    const said = { action: 'update', fields: { given_name: 'Else' } } as const
    const write = await prepareWrite(
      before,
      before,
      said,
      callAt(5, { location: 'loc2' }),
      records.versions('customer', id, true),
    )
    if (!write) throw new Error('that changes something')
    await holdCustomer(records, callAt(10), id, { reason })
    records.arrive(write.version)
    await reconcile(records, callAt(11), { kind: 'customer', id, row: await records.current('customer', id, true) }, [
      write.version,
    ])
    expect((await row()).snapshot).toMatchObject({ given_name: 'Else' })
    expect(toActivity(await row())).toBe(timeAt(10))
  })
})
