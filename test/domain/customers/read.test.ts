import { describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer } from '#domain/customers/edit.ts'
import { customerDiff, customerHistory, getCustomer, type HistoryPlace } from '#domain/customers/read.ts'
import { NotFound } from '#domain/errors.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

/** Creates Ann Lee, changes her at second 10, corrects her at 20 from 5 on, and deletes her at 30. */
async function createAnn() {
  const store = new MemoryRecordStore()
  const { customer } = await createCustomer(
    store,
    contextAt(0),
    new Map(),
    { surname: 'Lee', given_name: 'Ann' },
    undefined,
  )
  const patch = (second: number, body: Parameters<typeof patchCustomer>[4]) =>
    patchCustomer(store, contextAt(second, { actor: `agent-${second}` }), new Map(), customer.id, body, ALWAYS)
  await patch(10, { surname: 'Leigh' })
  await patch(20, { dob: '1985', valid_from: timeAt(5) })
  await deleteCustomer(store, contextAt(30), customer.id, ALWAYS)
  return { store, id: customer.id, patch }
}

describe('a customer', () => {
  test('is read as of a time and as known at a time', async () => {
    const { store, id } = await createAnn()
    const readAt = async (as_of?: number, known_at?: number) => {
      const time = { as_of: as_of && timeAt(as_of), known_at: known_at && timeAt(known_at) } as Parameters<
        typeof getCustomer
      >[2]
      const { customer } = await getCustomer(store, id, time, true, timeAt(100))
      return [customer.surname, customer.dob, customer.state, customer.etag === null]
    }
    expect(await readAt()).toEqual(['Leigh', '1985', 'deleted', false])
    expect(await readAt(7)).toEqual(['Lee', '1985', 'active', true])
    expect(await readAt(7, 15)).toEqual(['Lee', null, 'active', true])
    expect(await readAt(undefined, 15)).toEqual(['Leigh', null, 'active', true])
    expect(await readAt(90, 25)).toEqual(['Leigh', '1985', 'active', true])
    await expect(readAt(-1)).rejects.toThrow(NotFound)
    await expect(readAt(7, -1)).rejects.toThrow(NotFound)
    await expect(getCustomer(store, 'none', {}, true, timeAt(100))).rejects.toThrow(NotFound)
  })

  test('is read from its versions when its current row is missing', async () => {
    const { store, id } = await createAnn()
    const before = await getCustomer(store, id, {}, true, timeAt(100))
    store.deleteCurrent('customer', id)
    expect(await getCustomer(store, id, {}, true, timeAt(100))).toEqual(before)
  })

  test.each([1, 2, 3, 4, 5])('lists its whole history in pages of %d', async limit => {
    const { store, id } = await createAnn()
    const versions: unknown[] = []
    for (let position: HistoryPlace | undefined; ; ) {
      const { items, next } = await customerHistory(store, id, limit, position)
      expect(items.length).toBeLessThanOrEqual(limit)
      versions.push(
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
      position = next
    }
    expect(versions).toEqual([
      ['delete', 'Leigh', '1985', null, ['state'], false],
      ['update', 'Leigh', '1985', timeAt(30), ['surname'], false],
      ['update', 'Lee', '1985', timeAt(10), ['dob'], false],
      ['create', 'Lee', null, timeAt(5), ['given_name', 'state', 'surname', 'type'], false],
    ])
  })

  test('differs between two times by field, with the actor and the time of each change', async () => {
    const { store, id } = await createAnn()
    expect(await customerDiff(store, id, timeAt(1), timeAt(12))).toEqual([
      { id, field: 'dob', before: null, after: '1985', at: timeAt(5), actor: 'agent-20' },
      { id, field: 'surname', before: 'Lee', after: 'Leigh', at: timeAt(10), actor: 'agent-10' },
    ])
    expect(await customerDiff(store, id, timeAt(50), timeAt(60))).toEqual([])
  })
})
