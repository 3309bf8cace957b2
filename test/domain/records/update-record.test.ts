import { describe, expect, test } from '@jest/globals'
import { Unavailable } from '#domain/errors.ts'
import { type CurrentRecord, foldAll } from '#domain/records/current.ts'
import { type FieldValues, prepareWrite } from '#domain/records/prepare-write.ts'
import { type Decision, updateRecord } from '#domain/records/update-record.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const ID = { kind: 'customer', id: 'c1' } as const

/** Sets fields at this second of the day. */
const set = (store: MemoryRecordStore, fields: FieldValues, second: number, pause = async () => {}) => {
  const context = contextAt(second, { pause })
  const decide = (row: CurrentRecord | null): Promise<Decision> => {
    const creation = row === null ? { action: 'create' as const, replaceAll: true } : { action: 'update' as const }
    return prepareWrite(row, ID, { ...creation, fields }, context, store.versions(ID.kind, ID.id, true))
  }
  return updateRecord(store, context, ID.kind, ID.id, decide)
}

describe('a change', () => {
  test('by sixteen concurrent writers keeps all sixteen fields in seventeen versions', async () => {
    const store = new MemoryRecordStore()
    await set(store, { none: 0 }, 0)
    await Promise.all(Array.from({ length: 16 }, (_, n) => set(store, { [`f${n}`]: n }, 1)))
    const row = await store.current(ID.kind, ID.id, true)
    expect(row?.snapshot).toEqual(
      Object.fromEntries([['none', 0], ...Array.from({ length: 16 }, (_, n) => [`f${n}`, n])]),
    )
    expect(store.size).toBe(17)
    expect(row).toEqual(foldAll(store.versionsOf(ID.kind, ID.id)))
  })

  test('by several concurrent creators makes one creation and several updates', async () => {
    const store = new MemoryRecordStore()
    await Promise.all([set(store, { a: 1 }, 0), set(store, { b: 2 }, 0), set(store, { c: 3 }, 0)])
    expect(store.versionsOf(ID.kind, ID.id).map(v => v.action)).toEqual(['create', 'update', 'update'])
    expect((await store.current(ID.kind, ID.id, true))?.snapshot).toEqual({ a: 1, b: 2, c: 3 })
  })

  test('without a current row is based on all versions and writes the row', async () => {
    const store = new MemoryRecordStore()
    await set(store, { a: 1 }, 0)
    await set(store, { b: 2 }, 1)
    store.deleteCurrent(ID.kind, ID.id)
    const { row } = await set(store, { c: 3 }, 2)
    expect(row?.snapshot).toEqual({ a: 1, b: 2, c: 3 })
    expect(await store.current(ID.kind, ID.id, true)).toEqual(row)
    expect(row).toEqual(foldAll(store.versionsOf(ID.kind, ID.id)))
  })

  test('by two writers without a current row keeps both', async () => {
    const store = new MemoryRecordStore()
    await set(store, { a: 1 }, 0)
    store.deleteCurrent(ID.kind, ID.id)
    await Promise.all([set(store, { b: 2 }, 1), set(store, { c: 3 }, 1)])
    expect((await store.current(ID.kind, ID.id, true))?.snapshot).toEqual({ a: 1, b: 2, c: 3 })
  })

  test('writes nothing when it changes nothing', async () => {
    const store = new MemoryRecordStore()
    const first = await set(store, { a: 1 }, 0)
    const second = await set(store, { a: 1 }, 1)
    expect(second.row).toEqual(first.row)
    expect(store.size).toBe(1)
  })

  test('that never wins waits longer each time, and finally throws Unavailable', async () => {
    const store = new MemoryRecordStore()
    await set(store, { a: 0 }, 0)
    store.commit = async () => ({ done: false, rows: [] })
    const waits: number[] = []
    const context = contextAt(1, { pause: async attempt => void waits.push(attempt) })
    const decide = (row: CurrentRecord | null) =>
      prepareWrite(row, ID, { action: 'update', fields: { a: 1 } }, context, store.versions(ID.kind, ID.id, true))
    await expect(updateRecord(store, context, ID.kind, ID.id, decide)).rejects.toThrow(Unavailable)
    expect(waits).toEqual(Array.from({ length: 40 }, (_, n) => n))
    expect((await store.current(ID.kind, ID.id, true))?.snapshot).toEqual({ a: 0 })
  })
})
