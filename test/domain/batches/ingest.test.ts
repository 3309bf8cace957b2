import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { describe, expect, test } from '@jest/globals'
import { currentRow, toCurrent } from '#adapters/dynamodb/items.ts'
import type { BatchRow } from '#contract/schemas/batch.ts'
import { KeyReused } from '#domain/errors.ts'
import { BatchSource } from './source.ts'

const people = (count: number): BatchRow[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${n}`, surname: `Lee ${n}` }))

describe('a batch', () => {
  test('creates its customers and reports them in the order of the rows', async () => {
    const source = new BatchSource()
    const batch = await source.send(people(130))
    expect(batch).toMatchObject({
      source: 'people',
      actor: 'agent',
      rows: 130,
      created: 130,
      updated: 0,
      unchanged: 0,
      refused: 0,
    })
    expect(batch.results.map(({ row }) => row)).toEqual(Array.from({ length: 130 }, (_, n) => n + 1))
    expect(new Set(batch.results.map(({ id }) => id)).size).toBe(130)
    expect(await source.customer(batch.results[129]?.id ?? '')).toMatchObject({
      type: 'PERSON',
      surname: 'Lee 129',
      given_name: null,
      state: 'active',
    })
  })

  test('sent again changes nothing and adds no version', async () => {
    const source = new BatchSource()
    const first = await source.send(people(60))
    const resent = await source.send(people(60).reverse())
    expect(resent).toMatchObject({ created: 0, updated: 0, unchanged: 60, refused: 0 })
    expect(new Set(resent.results.map(({ id }) => id))).toEqual(new Set(first.results.map(({ id }) => id)))
    expect(source.records.size).toBe(60)
  })

  test('sent twice at once creates each customer once', async () => {
    const source = new BatchSource()
    const [first, second] = await Promise.all([source.send(people(60)), source.send(people(60))])
    expect(first.created + second.created).toBe(60)
    expect(first.unchanged + second.unchanged).toBe(60)
    expect(source.records.size).toBe(60)
  })

  test('keeps the keys of different sources apart', async () => {
    const source = new BatchSource()
    const row = { id: '1', surname: 'Lee' }
    expect(await source.sendAndGetId(row, 'people')).not.toBe(await source.sendAndGetId(row, 'members'))
  })

  test.each(['__proto__', 'constructor', 'toString'])('accepts a source called %s', async name => {
    const source = new BatchSource()
    const rows = [{ id: '1', surname: 'Lee' }]
    const first = await source.send(rows, name)
    expect(first).toMatchObject({ created: 1 })
    expect(await source.send(rows, name)).toMatchObject({ unchanged: 1 })
    const row = await source.records.current('customer', first.results[0]?.id ?? '', true)
    if (row === null) throw new Error('the customer exists')
    expect(toCurrent(unmarshall(marshall(currentRow(row))))).toEqual(row)
  })

  test('finds its customers when their current rows are missing', async () => {
    const source = new BatchSource()
    const batch = await source.send(people(3))
    for (const { id } of batch.results) source.records.deleteCurrent('customer', id ?? '')
    expect(await source.send(people(3))).toMatchObject({ unchanged: 3 })
    const changed = people(3).map(row => ({ ...row, dob: '1999' }))
    expect(await source.send(changed)).toMatchObject({ updated: 3 })
    expect(await source.customer(batch.results[0]?.id ?? '')).toMatchObject({ surname: 'Lee 0', dob: '1999' })
  })

  test('accepts every valid row when others are refused', async () => {
    const source = new BatchSource()
    const deletedId = await source.sendAndGetId({ id: 'gone', surname: 'Lee' })
    await source.delete(deletedId)
    const batch = await source.send([
      { faults: [{ pointer: '#/surname', detail: 'is empty' }] },
      { id: 'a', surname: 'Ann' },
      { id: 'nobody', dob: '1999' },
      { id: 'b', surname: 'Bob', dob: '2030', details: { shape: 'round' } },
      { id: 'gone', surname: 'Leigh' },
      { id: 'c', surname: 'Cleo' },
    ])
    expect(batch).toMatchObject({ rows: 6, created: 2, refused: 4 })
    expect(batch.results.map(({ outcome }) => outcome)).toEqual([
      'refused',
      'created',
      'refused',
      'refused',
      'refused',
      'created',
    ])
    expect(batch.results.map(({ problem }) => problem)).toEqual([
      '#/surname is empty',
      null,
      '# needs at least one of surname, given_name, document_number',
      '#/dob is in the future; #/details/shape is not an authorised field',
      '# is about a customer who is deleted: restore it first',
      null,
    ])
    expect(batch.results.map(({ id }) => id === null)).toEqual([true, false, false, true, false, false])
  })

  test('under an idempotency key returns its first result and writes nothing again', async () => {
    const source = new BatchSource()
    const rows = [{ id: '1', surname: 'Lee' }, { faults: [{ pointer: '#', detail: 'is not valid JSON' }] }]
    const first = await source.send(rows, 'people', 'key')
    await source.patch(first.results[0]?.id ?? '', { surname: 'Leigh' })
    expect(await source.send(rows, 'people', 'key')).toEqual(first)
    await expect(source.send(rows.slice(1), 'people', 'key')).rejects.toThrow(KeyReused)
    await expect(source.send(rows, 'members', 'key')).rejects.toThrow(KeyReused)
    expect((await source.batches.batch(first.id))?.batch).toEqual(first)
    expect(source.records.size).toBe(2)
  })

  test('whose rows conflict with another writer retries row by row, and loses no change', async () => {
    const source = new BatchSource()
    const batch = await source.send(people(30))
    const ids = batch.results.map(({ id }) => id ?? '')
    const changed = people(30).map(row => ({ ...row, given_name: 'Ann' }))
    const [updated] = await Promise.all([
      source.send(changed),
      ...ids.slice(0, 5).map(id => source.patch(id, { dob: '1999' })),
    ])
    expect(updated).toMatchObject({ updated: 30 })
    for (const id of ids.slice(0, 5))
      expect(await source.customer(id)).toMatchObject({ given_name: 'Ann', dob: '1999' })
    expect(source.records.size).toBe(65)
  })
})
