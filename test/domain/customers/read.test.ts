import { describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer } from '#domain/customers/edit.ts'
import { customerDiff, customerHistory, getCustomer, type HistoryPlace } from '#domain/customers/read.ts'
import { NotFound } from '#domain/errors.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

/** Ann Lee, who was changed at 10, corrected at 20 since 5, and deleted at 30. */
async function ann() {
  const store = new MemoryRecordStore()
  const { customer } = await createCustomer(
    store,
    callAt(0),
    new Map(),
    { surname: 'Lee', given_name: 'Ann' },
    undefined,
  )
  const patch = (second: number, body: Parameters<typeof patchCustomer>[4]) =>
    patchCustomer(store, callAt(second, { actor: `agent-${second}` }), new Map(), customer.id, body, ALWAYS)
  await patch(10, { surname: 'Leigh' })
  await patch(20, { dob: '1985', valid_from: timeAt(5) })
  await deleteCustomer(store, callAt(30), customer.id, ALWAYS)
  return { store, id: customer.id, patch }
}

describe('a customer', () => {
  test('is told as it was and as it was known', async () => {
    const { store, id } = await ann()
    const told = async (as_of?: number, known_at?: number) => {
      const time = { as_of: as_of && timeAt(as_of), known_at: known_at && timeAt(known_at) } as Parameters<
        typeof getCustomer
      >[2]
      const { customer, etag } = await getCustomer(store, id, time, true, timeAt(100))
      return [customer.surname, customer.dob, customer.state, etag === null]
    }
    expect(await told()).toEqual(['Leigh', '1985', 'deleted', false])
    expect(await told(7)).toEqual(['Lee', '1985', 'active', true])
    expect(await told(7, 15)).toEqual(['Lee', null, 'active', true])
    expect(await told(undefined, 15)).toEqual(['Leigh', null, 'active', true])
    expect(await told(90, 25)).toEqual(['Leigh', '1985', 'active', true])
    await expect(told(-1)).rejects.toThrow(NotFound)
    await expect(told(7, -1)).rejects.toThrow(NotFound)
    await expect(getCustomer(store, 'none', {}, true, timeAt(100))).rejects.toThrow(NotFound)
  })

  test('is found from its versions where its current row was thrown away', async () => {
    const { store, id } = await ann()
    const before = await getCustomer(store, id, {}, true, timeAt(100))
    store.forget('customer', id)
    expect(await getCustomer(store, id, {}, true, timeAt(100))).toEqual(before)
  })

  test.each([1, 2, 3, 4, 5])('has its whole history in pages of %d', async limit => {
    const { store, id } = await ann()
    const told: unknown[] = []
    for (let place: HistoryPlace | undefined; ; ) {
      const { items, next } = await customerHistory(store, id, limit, place)
      expect(items.length).toBeLessThanOrEqual(limit)
      told.push(
        ...items.map(({ action, surname, dob, valid_to, sets, conflict }) => [
          action,
          surname,
          dob,
          valid_to,
          sets,
          conflict,
        ]),
      )
      if (next === null) break
      place = next
    }
    expect(told).toEqual([
      ['delete', 'Leigh', '1985', null, ['state'], false],
      ['update', 'Leigh', '1985', timeAt(30), ['surname'], false],
      ['update', 'Lee', '1985', timeAt(10), ['dob'], false],
      ['create', 'Lee', null, timeAt(5), ['given_name', 'state', 'surname', 'type'], false],
    ])
  })

  test('differs between two moments by field, each with who changed it and since when', async () => {
    const { store, id } = await ann()
    expect(await customerDiff(store, id, timeAt(1), timeAt(12))).toEqual([
      { id, field: 'dob', before: null, after: '1985', at: timeAt(5), actor: 'agent-20' },
      { id, field: 'surname', before: 'Lee', after: 'Leigh', at: timeAt(10), actor: 'agent-10' },
    ])
    expect(await customerDiff(store, id, timeAt(50), timeAt(60))).toEqual([])
  })
})
