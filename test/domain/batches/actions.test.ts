import { describe, expect, test } from '@jest/globals'
import type { BatchRow } from '#contract/schemas/batch.ts'
import { field } from '#contract/schemas/field.ts'
import { readCsv, readNdjson } from '#domain/batches/rows.ts'
import { BatchSource } from './source.ts'

const LEE: BatchRow = { id: '1', surname: 'Lee', given_name: 'Ann' }
const DELETE_LEE: BatchRow = { id: '1', action: 'delete' }
const RESTORE_LEE: BatchRow = { id: '1', action: 'restore' }

async function createLee(): Promise<{ source: BatchSource; id: string }> {
  const source = new BatchSource()
  return { source, id: await source.sendAndGetId(LEE) }
}

const actionsOf = async (source: BatchSource, id: string) =>
  source.records.versionsOf('customer', id).map(({ action }) => action)

describe('a delete row', () => {
  test('deletes the customer once, however often it is sent', async () => {
    const { source, id } = await createLee()
    const batch = await source.send([DELETE_LEE])
    expect(batch).toMatchObject({ rows: 1, deleted: 1, updated: 0, unchanged: 0, refused: 0 })
    expect(await source.customer(id)).toMatchObject({ state: 'deleted', surname: 'Lee', given_name: 'Ann' })
    expect(await source.outcomes(DELETE_LEE)).toEqual(['unchanged'])
    expect(await actionsOf(source, id)).toEqual(['create', 'delete'])
  })

  test('is ignored after an agent restored the customer, until the source sends another row', async () => {
    const { source, id } = await createLee()
    await source.outcomes(DELETE_LEE)
    await source.restore(id)
    expect(await source.outcomes(DELETE_LEE)).toEqual(['unchanged'])
    expect(await source.customer(id)).toMatchObject({ state: 'active' })
    expect(await source.outcomes(LEE)).toEqual(['updated'])
    expect(await source.outcomes(DELETE_LEE)).toEqual(['deleted'])
    expect(await source.customer(id)).toMatchObject({ state: 'deleted' })
  })

  test('is refused for a merged customer, now and back-dated, while other values are kept', async () => {
    const source = new BatchSource()
    const ids = [await source.sendAndGetId(LEE), await source.sendAndGetId({ ...LEE, id: '2' })] as const
    await source.merge(ids)
    const [mergedKey, mergedId] = ids[0] < ids[1] ? ['2', ids[1]] : ['1', ids[0]]
    const since = (await source.customer(mergedId)).valid_from
    const problem = '# is about a customer who was merged into another: split it off first'
    const { results } = await source.send([
      { ...DELETE_LEE, id: mergedKey },
      { ...DELETE_LEE, id: mergedKey, valid_from: since },
      { ...LEE, id: mergedKey, dob: '1985', valid_from: since },
    ])
    expect(results.map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ['refused', problem],
      ['refused', problem],
      ['updated', null],
    ])
    expect(await source.customer(mergedId)).toMatchObject({ state: 'merged', dob: '1985' })
  })

  test('is refused for an unknown customer', async () => {
    const source = new BatchSource()
    const { results } = await source.send([DELETE_LEE, { ...RESTORE_LEE, id: '2' }, LEE])
    expect(results.map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ['refused', '# is about somebody who is not on the list'],
      ['refused', '# is about somebody who is not on the list'],
      ['created', null],
    ])
    expect(source.records.size).toBe(1)
  })

  test('changes nothing when the whole file is sent again', async () => {
    const source = new BatchSource()
    const file = [LEE, DELETE_LEE, RESTORE_LEE, { ...LEE, given_name: 'Anna' }]
    expect(await source.outcomes(...file)).toEqual(['created', 'deleted', 'restored', 'updated'])
    expect(await source.outcomes(...file)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged'])
    expect(source.records.size).toBe(4)
  })
})

describe('a restore row', () => {
  test('restores a customer that an agent deleted, with the values of the row', async () => {
    const { source, id } = await createLee()
    await source.delete(id)
    expect(await source.outcomes({ ...LEE, given_name: 'Anna' })).toEqual(['refused'])
    expect(await source.outcomes({ ...RESTORE_LEE, given_name: 'Anna' })).toEqual(['restored'])
    expect(await source.customer(id)).toMatchObject({ state: 'active', surname: 'Lee', given_name: 'Anna' })
  })
})

describe('an effective date', () => {
  test('in the future refuses only its row', async () => {
    const source = new BatchSource()
    const batch = await source.send([
      { ...LEE, valid_from: '2026-06-01T13:00:00.000Z' },
      { id: '2', surname: 'Park' },
    ])
    expect(batch).toMatchObject({ created: 1, refused: 1 })
    expect(batch.results[0]).toMatchObject({ row: 1, problem: '#/valid_from is in the future' })
  })

  test('in the past leaves the last current statement, so that a correction survives the history and the next file', async () => {
    const { source, id } = await createLee()
    await source.patch(id, { given_name: 'Anna' })
    expect(await source.outcomes({ ...LEE, given_name: 'A.', valid_from: '2001-01-01T00:00:00.000Z' })).toEqual([
      'updated',
    ])
    expect(await source.outcomes(LEE)).toEqual(['unchanged'])
    expect(await source.outcomes({ ...LEE, dob: '1985' })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ given_name: 'Anna', dob: '1985' })
  })

  test("after an agent's deletion keeps the values and leaves the customer deleted", async () => {
    const source = new BatchSource()
    const id = await source.sendAndGetId({ ...LEE, valid_from: '2001-01-01T00:00:00.000Z' })
    await source.delete(id)
    const { valid_from } = await source.customer(id)
    const later = new Date(Date.parse(valid_from) + 500).toISOString()
    expect(await source.outcomes({ ...LEE, given_name: 'Anna', valid_from: later })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ state: 'deleted', given_name: 'Anna' })
  })

  test('given twice with different values keeps the later row, and the file sent again changes nothing', async () => {
    const source = new BatchSource()
    const valid_from = '2001-01-01T00:00:00.000Z'
    const file = ['Ann', 'Anna'].map(given_name => ({ ...LEE, given_name, valid_from }))
    const id = await source.sendAndGetId({ ...LEE, given_name: 'Ann', valid_from })
    expect(await source.outcomes(...file)).toEqual(['unchanged', 'updated'])
    expect(await source.outcomes(...file)).toEqual(['unchanged', 'unchanged'])
    expect(await source.customer(id)).toMatchObject({ given_name: 'Anna' })
  })

  test('allows a deletion before the rows it follows, but no customer without a name', async () => {
    const source = new BatchSource()
    const [deletedFrom, restoredFrom] = ['2003', '2005'].map(year => `${year}-01-01T00:00:00.000Z`)
    expect(await source.outcomes({ ...RESTORE_LEE, valid_from: restoredFrom })).toEqual(['refused'])
    expect(await source.outcomes({ ...DELETE_LEE, valid_from: deletedFrom })).toEqual(['deleted'])
    expect(await source.outcomes({ ...LEE, valid_from: '2001-01-01T00:00:00.000Z' })).toEqual(['updated'])
    const id = await source.sendAndGetId({ ...RESTORE_LEE, valid_from: restoredFrom })
    expect(await source.customer(id)).toMatchObject({ state: 'active', surname: 'Lee' })
  })
})

describe('batch rows', () => {
  test('read actions and dates from columns, and ignore empty cells', () => {
    const text = 'id,action,valid_from,surname,details.city\n1,,,Lee,\n2,delete,2001-02-03,,\n3,restore,,Park,Gent\n'
    const fields = new Map([
      ['city', field.parse({ name: 'city', label: 'City', type: 'text', searchable: true, state: 'authorised' })],
    ])
    expect(readCsv(text, fields)).toEqual([
      { row: { id: '1', surname: 'Lee', details: { city: null } } },
      { row: { id: '2', action: 'delete', valid_from: '2001-02-03T00:00:00.000Z' } },
      { row: { id: '3', action: 'restore', surname: 'Park', details: { city: 'Gent' } } },
    ])
  })

  test.each([
    ['an unknown action', '{"id":"1","surname":"A","action":"drop"}', '#/action'],
    ['a null action', '{"id":"1","surname":"A","action":null}', '#/action'],
    ['an impossible date', '{"id":"1","surname":"A","valid_from":"2001-02-30"}', '#/valid_from'],
    ['a date out of range', '{"id":"1","surname":"A","valid_from":"+275760-01-01"}', '#/valid_from'],
  ])('with %s are refused', (_, text, pointer) => {
    expect(readNdjson(text, new Map())).toMatchObject([
      { faults: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    ])
  })
})
