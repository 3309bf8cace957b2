import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { testLocalServer } from './conditional-tests.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** The timeout for a change to reach the index through two streams. */
const BOUND = 5000

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer({ REGISTRY_SEARCH_LIMIT: '4' })
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const search = async (body: unknown) => (await agent.send('POST', '/v1/search', body)).as(searchAnswer)
const findIds = async (body: unknown) => (await search(body)).items.map(({ customer }) => customer.id)
const waitUntilFound = (body: unknown, id: string) =>
  until(async () => (await findIds(body)).includes(id), BOUND, `${id} to be found`)
const waitUntilNotFound = (body: unknown, id: string) =>
  until(async () => !(await findIds(body)).includes(id), BOUND, `${id} not to be found`)

describe('a fuzzy search', () => {
  let id: string
  const person = {
    surname: 'Katzenellenbogen',
    given_name: 'Wilhelmina Årsvold',
    dob: '1961-03-14',
    document_number: 'KW 77-1203',
    details: { city: 'Trondheim', note: 'unsearchable' },
  }
  beforeAll(async () => {
    id = (await agent.create(person)).id
    await waitUntilFound({ q: 'Katzenellenbogen' }, id)
  })

  test.each([
    'Katzenellenbogen Wilhelmina',
    'wilhelmina KATZENELLENBOGEN',
    'Katzenelenbogen Wilhelmina',
    'Katzenellenbogen, W.',
    'Arsvold Katzenellenbogen',
    'Katzenellenbogen 1961-03-14',
    'KW77-1203',
  ])('of %s finds her, with reasons', async q => {
    const { items, threshold, degraded, engine } = await search({ q })
    expect({ degraded, engine }).toEqual({ degraded: false, engine: server.local ? 'memory' : 'opensearch' })
    const hit = items.find(({ customer }) => customer.id === id)
    expect(hit).toMatchObject({ customer: { surname: 'Katzenellenbogen', state: 'active' } })
    expect(hit?.score).toBeGreaterThanOrEqual(threshold)
    expect(['certain', 'probable', 'possible']).toContain(hit?.grade)
    expect(hit?.reasons.length).toBeGreaterThan(0)
  })

  test('returns the customer as it is read', async () => {
    const hit = (await search({ q: 'Katzenellenbogen' })).items.find(({ customer }) => customer.id === id)
    expect(hit?.customer).toEqual(await agent.read(id))
  })

  test.each([
    ['in another script', 'Ekaterina Ivanova', 'Иванова'],
    ['without accents', 'Maria Jose Garcia Lorca', 'García Lorca'],
    ['with umlauts written as two letters', 'Juergen Mueller', 'Müller'],
    ['in its own script', 'Παπαδοπούλου', 'Παπαδοπούλου'],
  ])('finds a name of the sample %s', async (_, q, surname) => {
    expect((await search({ q, limit: 10 })).items.map(({ customer }) => customer.surname)).toContain(surname)
  })

  test('returns the best match first, nobody twice, and at most the requested number', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => agent.create({ surname: 'Oberhuber', given_name: `Max${'i'.repeat(n)}` })),
    )
    await until(
      async () => (await findIds({ q: 'Oberhuber', limit: 100, threshold: 0.01 })).length >= 8,
      BOUND,
      'eight customers to be found',
    )
    const { items } = await search({ q: 'Oberhuber Max', limit: 100, threshold: 0.01 })
    expect(items.map(({ score }) => score)).toEqual(items.map(({ score }) => score).toSorted((a, b) => b - a))
    expect(new Set(items.map(({ customer }) => customer.id)).size).toBe(items.length)
    expect((await search({ q: 'Oberhuber', limit: 2, threshold: 0.01 })).items).toHaveLength(2)
  })

  testLocalServer('returns REGISTRY_SEARCH_LIMIT results by default', async () => {
    expect((await search({ q: 'Oberhuber', threshold: 0.01 })).items).toHaveLength(4)
  })

  test('applies the requested threshold', async () => {
    const [low, high] = [
      await search({ q: 'Katzenellenbogn Wilhelm', threshold: 0.05 }),
      await search({ q: 'Katzenellenbogn Wilhelm', threshold: 1 }),
    ]
    expect([low.threshold, high.threshold]).toEqual([0.05, 1])
    expect(low.items.every(({ score }) => score >= 0.05)).toBe(true)
    expect(high.items.every(({ score }) => score >= 1)).toBe(true)
    expect(low.items.length).toBeGreaterThanOrEqual(high.items.length)
  })

  test('of one type finds no other', async () => {
    const body = { q: 'Harbour Lights Rowing Club' }
    expect((await search({ ...body, type: 'INSTITUTION' })).items.map(({ customer }) => customer.type)).toEqual([
      'INSTITUTION',
    ])
    expect((await search({ ...body, type: 'PERSON' })).items.every(({ customer }) => customer.type === 'PERSON')).toBe(
      true,
    )
  })

  test.each([
    'Xqzjwvkp',
    '!!!',
    '*',
    '.*',
    '"',
    "' OR 1=1 --",
    '{"match_all":{}}',
    'surname:*',
    '([',
    '\\',
    '%',
    '٣',
    '🦊',
    'a'.repeat(200),
  ])('of %s succeeds and does not find her', async q => {
    const response = await agent.send('POST', '/v1/search', { q })
    expect(response.status).toBe(200)
    expect(response.as(searchAnswer).items.map(({ customer }) => customer.id)).not.toContain(id)
  })
})

describe('an exact search', () => {
  let id: string
  beforeAll(async () => {
    const person = {
      surname: 'Vandermeersch',
      given_name: 'Liesbeth',
      document_number: 'VB 4411',
      details: { city: 'Kortrijk', note: 'Unsearchable' },
    }
    id = (await agent.create(person)).id
    await waitUntilFound({ q: 'vandermeersch', mode: 'exact' }, id)
  })

  test.each([
    'vandermeersch',
    'LIESBETH Vandermeersch',
    'Vandermeersch Kortrijk',
    'kortrijk liesbeth',
    'Vander',
    'lies meersch',
  ])('finds the customer with every word of %s', async q => {
    expect(await findIds({ q, mode: 'exact', limit: 100 })).toContain(id)
  })

  test.each([
    'Vandermeersh',
    'Vandermeersch Gent',
    'Vandermeersch unsearch',
    'Vandermeersch unsearchable',
    'V',
    'Liesbeth Liesbeth Vandermeerschs',
  ])('does not find the customer by %s', async q => {
    expect(await findIds({ q, mode: 'exact', limit: 100 })).not.toContain(id)
  })

  test('finds a document number as written', async () => {
    expect(await findIds({ q: 'VB 4411', mode: 'exact' })).toContain(id)
  })
})

describe('a changed customer', () => {
  test('is found in its current state: created, renamed, deleted, restored', async () => {
    const exact = (q: string) => ({ q, mode: 'exact', limit: 100 })
    const { id } = await agent.create({ surname: 'Firstname', given_name: 'Ulrike' })
    await waitUntilFound(exact('Firstname'), id)
    await agent.patch(id, { surname: 'Secondname' })
    await waitUntilFound(exact('Secondname'), id)
    await waitUntilNotFound(exact('Firstname'), id)
    await agent.delete(id)
    await waitUntilNotFound(exact('Secondname'), id)
    expect(await findIds({ q: 'Secondname Ulrike', limit: 100, threshold: 0.01 })).not.toContain(id)
    await agent.restore(id)
    await waitUntilFound(exact('Secondname'), id)
  })

  test('is never shown in an outdated state, even before the index is updated', async () => {
    const { id } = await agent.create({ surname: 'Atonce', given_name: 'Gudrun' })
    await waitUntilFound({ q: 'Atonce Gudrun' }, id)
    await agent.delete(id)
    expect(await findIds({ q: 'Atonce Gudrun' })).not.toContain(id)
  })

  testLocalServer('is found after a restart', async () => {
    const { id } = await agent.create({ surname: 'Restarted', given_name: 'Hedwig' })
    const deleted = await agent.create({ surname: 'Restarted', given_name: 'Gone' })
    await agent.delete(deleted.id)
    await server.restart()
    expect(await findIds({ q: 'Restarted', mode: 'exact' })).toEqual([id])
  })
})
