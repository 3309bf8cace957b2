import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { randomWord } from './random-word.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 10_000
/** Customers of one name, for pages. */
const MANY = 340
/** Made up for this run, and not alike those of other runs on the same list. */
const SURNAME = `${randomWord()}${randomWord()}`

let server: TestServer
let agent: Agent

const search = async (body: object) => (await agent.send('POST', '/v1/search', { limit: 50, ...body })).as(searchAnswer)
const found = async (body: object) => (await search(body)).items.map(({ customer }) => customer.given_name).sort()
const faults = async (body: object) => {
  const answer = await agent.send('POST', '/v1/search', body)
  expect(answer.status).toBe(400)
  return answer.as(problem).errors
}
const send = async (rows: readonly object[]) =>
  (
    await agent.send('POST', '/v1/batches?source=filters', rows.map(row => JSON.stringify(row)).join('\n'), {
      'Content-Type': 'application/x-ndjson',
    })
  ).as(batch)

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  const surname = 'Quennell'
  await send([
    {
      id: '1',
      surname,
      given_name: 'Aldous',
      dob: '1931-04-12',
      document_number: 'QN 31-0001',
      details: { city: 'Yns' },
    },
    { id: '2', surname, given_name: 'Bertha', dob: '1931-04' },
    { id: '3', surname, given_name: 'Cosmo', dob: '1931', details: { city: 'Yns', note: 'tall' } },
    { id: '4', surname, given_name: 'Dorcas', dob: '1932-01-01' },
    { id: '5', surname, given_name: 'Edwin' },
    { id: '6', surname, given_name: 'Fabia', dob: '1931-04-12' },
    { id: '7', surname: 'Gascoigne', given_name: 'Quennell', dob: '1931-04-12' },
    { id: '8', surname: `${surname} Trust`, given_name: null, type: 'INSTITUTION', document_number: 'QT-5' },
  ])
  await send([{ id: '6', action: 'delete' }])
  const isIndexed = async () =>
    (await search({ surname, threshold: 0, state: 'all' })).items.length >= 7 &&
    (await found({ surname, threshold: 0, state: 'deleted' })).includes('Fabia')
  await until(isIndexed, BOUND, 'all to be found')
})
afterAll(() => server.stop())

describe('a search by fields', () => {
  test.each<[object, (string | null)[]]>([
    [{ surname: 'Quennell' }, ['Aldous', 'Bertha', 'Cosmo', 'Dorcas', 'Edwin', null]],
    [{ surname: 'Quenell', given_name: 'Aldus' }, ['Aldous']],
    [{ given_name: 'Quennell' }, ['Quennell']],
    [{ q: 'quennell', given_name: 'Bertha' }, ['Bertha']],
    [{ surname: 'Quennell', dob: '1931-04-12' }, ['Aldous', 'Bertha', 'Cosmo']],
    [{ surname: 'Quennell', dob: '1931-05' }, ['Cosmo']],
    [{ surname: 'Quennell', dob: '1932' }, ['Dorcas']],
    [{ surname: 'Quennell', dob: '1933', dob_tolerance_years: 1 }, ['Dorcas']],
    [{ q: 'quennell', dob: '1930', dob_tolerance_years: 2 }, ['Aldous', 'Bertha', 'Cosmo', 'Dorcas', 'Quennell']],
    [{ document_number: 'qn310001' }, ['Aldous']],
    [{ q: 'quennell', document_number: 'QN310002' }, []],
    [{ q: 'quennell', type: 'INSTITUTION' }, [null]],
    [{ q: 'quennell', state: 'deleted' }, ['Fabia']],
    [{ surname: 'Quennell', dob: '1931', state: 'all' }, ['Aldous', 'Bertha', 'Cosmo', 'Fabia']],
    [{ details: { city: 'Yns' } }, ['Aldous', 'Cosmo']],
    [{ q: 'quennell', details: { note: 'tall' } }, ['Cosmo']],
  ])('%j', async (body, expected) => {
    expect(await found(body)).toEqual(expected.toSorted())
  })

  test.each<[object, (string | null)[]]>([
    [{ surname: 'quennell' }, ['Aldous', 'Bertha', 'Cosmo', 'Dorcas', 'Edwin', null]],
    [{ surname: 'quenell' }, []],
    [{ surname: 'quenn', given_name: 'bert' }, ['Bertha']],
    [{ q: 'bertha', surname: 'quennell' }, ['Bertha']],
    [{ q: 'quennell', dob: '1932' }, ['Dorcas']],
    [{ given_name: 'quennell' }, ['Quennell']],
    [{ surname: 'quennell', state: 'deleted' }, ['Fabia']],
    [{ document_number: 'QN310001' }, ['Aldous']],
  ])('%j in the mode exact', async (body, expected) => {
    expect(await found({ ...body, mode: 'exact' })).toEqual(expected.toSorted())
  })

  test('by a date with a tolerance alone, nearest first', async () => {
    const { items } = await search({ dob: '1931-04-12', dob_tolerance_years: 1, limit: 100 })
    const names = items.map(({ customer }) => customer.given_name)
    expect(names).toEqual(expect.arrayContaining(['Aldous', 'Bertha', 'Cosmo', 'Dorcas', 'Quennell']))
    expect(names.indexOf('Dorcas')).toBeGreaterThan(names.indexOf('Aldous'))
    const dates = items.map(({ customer }) => customer.dob ?? '')
    expect(dates.filter(dob => dob.slice(0, 4) < '1930' || dob.slice(0, 4) > '1932')).toEqual([])
  })

  test.each<[object, string, string]>([
    [{}, '#', 'needs at least one of'],
    [{ type: 'PERSON', state: 'deleted' }, '#', 'needs at least one of'],
    [{ details: {} }, '#', 'needs at least one of'],
    [{ q: 'x', dob_tolerance_years: 1 }, '#/dob_tolerance_years', 'needs dob'],
    [{ q: 'x', dob: '1985-13' }, '#/dob', 'is not a valid date'],
    [{ details: { note: 'tall' } }, '#/details', 'has no searchable field'],
    [{ q: 'x', state: 'gone' }, '#/state', ''],
    [{ q: 'x', cursor: 'made up' }, '#/cursor', 'is not a cursor of this query'],
  ])('%j is refused', async (body, pointer, detail) => {
    const refused = await faults(body)
    expect(refused.map(fault => fault.pointer)).toEqual([pointer])
    expect(refused[0]?.detail).toContain(detail)
  })
})

describe('the pages of a search', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: MANY }, (_, n) => ({
      id: `${SURNAME}-${n}`,
      surname: SURNAME,
      given_name: `Pagea${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + Math.floor(n / 26))}`,
      dob: `19${10 + (n % 90)}`,
    }))
    expect((await send(rows)).created).toBe(MANY)
    const last = rows.at(-1)
    const isIndexed = async () =>
      (await found({ q: `${SURNAME} ${last?.given_name}` })).includes(last?.given_name ?? '')
    await until(isIndexed, BOUND, 'the last to be found')
  })

  test.each([
    ['fuzzy', 100],
    ['fuzzy', 37],
    ['exact', 100],
  ])('in the mode %s, of %i, have everybody once', async (mode, limit) => {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const body: object = { q: SURNAME, mode, limit, ...(cursor === null ? {} : { cursor }) }
      const { items, next } = await search(body)
      expect(items.length).toBeLessThanOrEqual(limit)
      ids.push(...items.map(({ customer }) => customer.id))
      cursor = next
    } while (cursor !== null)
    expect(ids).toHaveLength(MANY)
    expect(new Set(ids).size).toBe(MANY)
  })

  test('are of one search', async () => {
    const { next: cursor } = await search({ q: SURNAME })
    expect(cursor).not.toBeNull()
    expect((await search({ q: SURNAME, cursor, limit: 2 })).items).toHaveLength(2)
    expect(await faults({ q: 'Quennell', cursor })).toEqual([expect.objectContaining({ pointer: '#/cursor' })])
  })

  test('end where nobody else is alike', async () => {
    expect((await search({ q: 'Quennell Aldous' })).next).toBeNull()
  })
})
