import { describe, expect, test } from '@jest/globals'
import type { BatchRow } from '#contract/schemas/batch.ts'
import { field } from '#contract/schemas/field.ts'
import { readCsv, readNdjson } from '#domain/batches/rows.ts'
import { Source } from './source.ts'

const LEE: BatchRow = { id: '1', surname: 'Lee', given_name: 'Ann' }
const GONE: BatchRow = { id: '1', action: 'delete' }
const BACK: BatchRow = { id: '1', action: 'restore' }

async function begun(): Promise<{ source: Source; id: string }> {
  const source = new Source()
  return { source, id: await source.idOf(LEE) }
}

const history = async (source: Source, id: string) => source.records.here('customer', id).map(({ action }) => action)

describe('a row that deletes', () => {
  test('takes the customer off the list, once however often it is sent', async () => {
    const { source, id } = await begun()
    const batch = await source.send([GONE])
    expect(batch).toMatchObject({ rows: 1, deleted: 1, updated: 0, unchanged: 0, refused: 0 })
    expect(await source.customer(id)).toMatchObject({ state: 'deleted', surname: 'Lee', given_name: 'Ann' })
    expect(await source.outcomes(GONE)).toEqual(['unchanged'])
    expect(await history(source, id)).toEqual(['create', 'delete'])
  })

  test('that an agent took back is heard no more until the source says something else', async () => {
    const { source, id } = await begun()
    await source.outcomes(GONE)
    await source.restore(id)
    expect(await source.outcomes(GONE)).toEqual(['unchanged'])
    expect(await source.customer(id)).toMatchObject({ state: 'active' })
    expect(await source.outcomes(LEE)).toEqual(['updated'])
    expect(await source.outcomes(GONE)).toEqual(['deleted'])
    expect(await source.customer(id)).toMatchObject({ state: 'deleted' })
  })

  test('of somebody who was merged is refused, of now and since a date; what is said of them is kept', async () => {
    const source = new Source()
    const ids = [await source.idOf(LEE), await source.idOf({ ...LEE, id: '2' })] as const
    await source.merge(ids)
    const [goes, at] = ids[0] < ids[1] ? ['2', ids[1]] : ['1', ids[0]]
    const since = (await source.customer(at)).valid_from
    const problem = '# is about a customer who was merged into another: split it off first'
    const { results } = await source.send([
      { ...GONE, id: goes },
      { ...GONE, id: goes, valid_from: since },
      { ...LEE, id: goes, dob: '1985', valid_from: since },
    ])
    expect(results.map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ['refused', problem],
      ['refused', problem],
      ['updated', null],
    ])
    expect(await source.customer(at)).toMatchObject({ state: 'merged', dob: '1985' })
  })

  test('of somebody who is not there is refused', async () => {
    const source = new Source()
    const { results } = await source.send([GONE, { ...BACK, id: '2' }, LEE])
    expect(results.map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ['refused', '# is about somebody who is not on the list'],
      ['refused', '# is about somebody who is not on the list'],
      ['created', null],
    ])
    expect(source.records.size).toBe(1)
  })

  test('as the rest of a file sent again changes nothing', async () => {
    const source = new Source()
    const file = [LEE, GONE, BACK, { ...LEE, given_name: 'Anna' }]
    expect(await source.outcomes(...file)).toEqual(['created', 'deleted', 'restored', 'updated'])
    expect(await source.outcomes(...file)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged'])
    expect(source.records.size).toBe(4)
  })
})

describe('a row that restores', () => {
  test('puts back whom an agent deleted, with what it says', async () => {
    const { source, id } = await begun()
    await source.delete(id)
    expect(await source.outcomes({ ...LEE, given_name: 'Anna' })).toEqual(['refused'])
    expect(await source.outcomes({ ...BACK, given_name: 'Anna' })).toEqual(['restored'])
    expect(await source.customer(id)).toMatchObject({ state: 'active', surname: 'Lee', given_name: 'Anna' })
  })
})

describe('an effective date', () => {
  test('to come is refused, by row; the others go on', async () => {
    const source = new Source()
    const batch = await source.send([
      { ...LEE, valid_from: '2026-06-01T13:00:00.000Z' },
      { id: '2', surname: 'Park' },
    ])
    expect(batch).toMatchObject({ created: 1, refused: 1 })
    expect(batch.results[0]).toMatchObject({ row: 1, problem: '#/valid_from is in the future' })
  })

  test('leaves what the source said last of now, so that a correction outlives the history and the next file', async () => {
    const { source, id } = await begun()
    await source.patch(id, { given_name: 'Anna' })
    expect(await source.outcomes({ ...LEE, given_name: 'A.', valid_from: '2001-01-01T00:00:00.000Z' })).toEqual([
      'updated',
    ])
    expect(await source.outcomes(LEE)).toEqual(['unchanged'])
    expect(await source.outcomes({ ...LEE, dob: '1985' })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ given_name: 'Anna', dob: '1985' })
  })

  test('after an agent deleted the customer keeps what is said, and the customer off the list', async () => {
    const source = new Source()
    const id = await source.idOf({ ...LEE, valid_from: '2001-01-01T00:00:00.000Z' })
    await source.delete(id)
    const { valid_from } = await source.customer(id)
    const later = new Date(Date.parse(valid_from) + 500).toISOString()
    expect(await source.outcomes({ ...LEE, given_name: 'Anna', valid_from: later })).toEqual(['updated'])
    expect(await source.customer(id)).toMatchObject({ state: 'deleted', given_name: 'Anna' })
  })

  test('said twice of one moment, otherwise: the later holds, and the file again changes nothing', async () => {
    const source = new Source()
    const valid_from = '2001-01-01T00:00:00.000Z'
    const file = ['Ann', 'Anna'].map(given_name => ({ ...LEE, given_name, valid_from }))
    const id = await source.idOf({ ...LEE, given_name: 'Ann', valid_from })
    expect(await source.outcomes(...file)).toEqual(['unchanged', 'updated'])
    expect(await source.outcomes(...file)).toEqual(['unchanged', 'unchanged'])
    expect(await source.customer(id)).toMatchObject({ given_name: 'Anna' })
  })

  test('of a deletion may come before what it deletes, but nobody comes on the list without a name', async () => {
    const source = new Source()
    const [gone, back] = ['2003', '2005'].map(year => `${year}-01-01T00:00:00.000Z`)
    expect(await source.outcomes({ ...BACK, valid_from: back })).toEqual(['refused'])
    expect(await source.outcomes({ ...GONE, valid_from: gone })).toEqual(['deleted'])
    expect(await source.outcomes({ ...LEE, valid_from: '2001-01-01T00:00:00.000Z' })).toEqual(['updated'])
    const id = await source.idOf({ ...BACK, valid_from: back })
    expect(await source.customer(id)).toMatchObject({ state: 'active', surname: 'Lee' })
  })
})

describe('rows as they are written', () => {
  test('have actions and dates in columns, where an empty cell says nothing', () => {
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
    ['an action that there is not', '{"id":"1","surname":"A","action":"drop"}', '#/action'],
    ['an action that is null', '{"id":"1","surname":"A","action":null}', '#/action'],
    ['a date that is none', '{"id":"1","surname":"A","valid_from":"2001-02-30"}', '#/valid_from'],
    ['a date far outside', '{"id":"1","surname":"A","valid_from":"+275760-01-01"}', '#/valid_from'],
  ])('with %s are refused', (_, text, pointer) => {
    expect(readNdjson(text)).toMatchObject([{ faults: expect.arrayContaining([expect.objectContaining({ pointer })]) }])
  })
})
