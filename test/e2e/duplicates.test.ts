import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customer } from '#contract/schemas/customer.ts'
import { createdCustomer, decidedAnswer, duplicateQueue, duplicatesAnswer } from '#contract/schemas/duplicates.ts'
import { problem } from '#contract/schemas/problem.ts'
import { matchAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { allPages } from './pages.ts'
import { randomWord } from './random-word.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 5000

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

/** All pairs of the queue, which other files may have filled as well. */
const queued = async (limit = 100) =>
  (await allPages(server, agent.token, `/v1/duplicates?limit=${limit}`, duplicateQueue)).flatMap(({ items }) => items)
const isQueued = async (...ids: string[]) =>
  (await queued()).some(({ customers }) => customers.every(({ id }) => ids.includes(id)))
const decide = (body: unknown) => agent.send('POST', '/v1/duplicates', body)
const search = async (q: string) => (await agent.send('POST', '/v1/search', { q })).as(searchAnswer).items
const isFound = async (q: string, id: string) => (await search(q)).some(hit => hit.customer.id === id)

let twins = 0

/**
 * Creates two similar customers, the second when the first can be found, and returns their ids in order. Pairs have different dates of birth,
 * so that customers of two pairs are not similar.
 */
async function createTwins(
  surname: string,
  otherSurname: string,
  overrides: object = {},
  dob = `${1921 + 3 * twins++}-03-09`,
): Promise<[string, string]> {
  const first = await agent.create({ surname, given_name: 'Zenobia', dob })
  await until(() => isFound(surname, first.id), BOUND, `${surname} to be found`)
  const second = await agent.create({ surname: otherSurname, given_name: 'Zenobia', dob, ...overrides })
  const [a = '', b = ''] = [first.id, second.id].sort()
  return [a, b]
}

const expectNamed = ({ id, customer }: { id: string; customer: object }) => ({
  id,
  customer: expect.objectContaining(customer),
})

describe('a customer similar to one on the list', () => {
  test('is created, and the response names the other', async () => {
    const first = await agent.create({ surname: 'Quillfeather', given_name: 'Zenobia', dob: '1971-03-09' })
    await until(() => isFound('Quillfeather', first.id), BOUND, 'the first to be found')
    const response = await agent.send('POST', '/v1/customers', {
      surname: 'Quilfeather',
      given_name: 'Zenobia',
      dob: '1971-03-09',
    })
    expect(response.status).toBe(201)
    const { likely_duplicates } = response.as(createdCustomer)
    expect(likely_duplicates).toEqual([
      {
        id: first.id,
        score: expect.any(Number),
        grade: expect.any(String),
        customer: expect.objectContaining({ surname: 'Quillfeather', given_name: 'Zenobia', dob: '1971-03-09' }),
        reasons: expect.arrayContaining([expect.objectContaining({ field: 'dob', comparison: 'exact' })]),
      },
    ])
  })

  test('is created in a batch, and its result names the other', async () => {
    const first = await agent.create({ surname: 'Brackenridge', given_name: 'Odo', dob: '1950-01-30' })
    await until(() => isFound('Brackenridge', first.id), BOUND, 'the first to be found')
    const rows = [
      { id: 'd1', surname: 'Brackenridge', given_name: 'Oda', dob: '1950-01-30' },
      { id: 'd2', surname: 'Xqvist', given_name: 'Pim', dob: '1990-10-11' },
    ]
    const send = (headers = {}) =>
      agent.send('POST', '/v1/batches?source=duplicates', rows.map(row => JSON.stringify(row)).join('\n'), {
        'Content-Type': 'application/x-ndjson',
        ...headers,
      })
    const headers = { 'Idempotency-Key': 'duplicates-in-a-batch' }
    const { id, results } = (await send(headers)).as(batch)
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'created'])
    expect(results.map(result => result.likely_duplicates?.map(({ id }) => id))).toEqual([[first.id], []])
    const repeated = (await send()).as(batch)
    expect(repeated.results.map(result => result.likely_duplicates)).toEqual([[], []])

    // The stored results contain only ids. The customer is read again, and is missing after its deletion.
    const named = { id: first.id, customer: { surname: 'Brackenridge', given_name: 'Odo', dob: '1950-01-30' } }
    const reasons = expect.arrayContaining([expect.objectContaining({ field: 'dob' })])
    const read = async () => (await agent.send('GET', `/v1/batches/${id}`)).as(batch).results[0]?.likely_duplicates
    for (const likely of [results[0]?.likely_duplicates, (await send(headers)).as(batch).results[0]?.likely_duplicates])
      expect(likely).toEqual([expect.objectContaining({ reasons, ...expectNamed(named) })])
    expect(await read()).toEqual([expect.objectContaining({ reasons, ...expectNamed(named) })])
    await agent.send('DELETE', `/v1/customers/${first.id}`)
    expect(await read()).toEqual([expect.objectContaining({ id: first.id, customer: null, reasons: [] })])
  })

  test('is listed with reasons as a duplicate of both', async () => {
    const [a, b] = await createTwins('Featherstonehaugh', 'Fetherstonehaugh')
    await until(() => isFound('Fetherstonehaugh', b), BOUND, 'both to be found')
    for (const [id, other] of [
      [a, b],
      [b, a],
    ]) {
      const list = async () => (await agent.send('GET', `/v1/customers/${id}/duplicates`)).as(duplicatesAnswer).items
      await until(async () => (await list()).length > 0, BOUND, 'the duplicate to be listed')
      const items = await list()
      expect(items.map(item => item.customer.id)).toEqual([other])
      expect(items[0]?.reasons.map(({ field }) => field)).toEqual(expect.arrayContaining(['name', 'dob']))
    }
  })
})

describe('a pair in the review queue', () => {
  test('marked as the same is merged, found by either name, and restored by a split', async () => {
    const [a, b] = await createTwins('Thistlewood', 'Thisselwood', { document_number: 'TW 55501' })
    await until(() => isQueued(a, b), BOUND, 'the pair to be queued')
    const decision = (await decide({ ids: [b, a], decision: 'same', note: 'same passport' })).as(decidedAnswer)
    expect(decision.customers.map(({ id, absorbed }) => ({ id, absorbed }))).toEqual([{ id: a, absorbed: [b] }])
    expect(await isQueued(a, b)).toBe(false)
    const findsOnlyA = async (q: string) => (await search(q)).map(hit => hit.customer.id).join() === a
    await until(() => findsOnlyA('Zenobia Thisselwood'), BOUND, 'the survivor to be found by one name')
    await until(() => findsOnlyA('Zenobia Thistlewood'), BOUND, 'the survivor to be found by the other name')

    const split = await agent.send('POST', `/v1/customers/${b}/split`)
    expect(split.as(customer)).toMatchObject({ id: b, state: 'active', merged_into: null })
    expect((await agent.history(b)).map(({ action }) => action)).toEqual(['split', 'merge', 'create'])
    expect((await agent.history(a)).map(({ action }) => action)).toEqual(['split', 'merge', 'create'])
    await until(async () => (await search('Zenobia Thisselwood')).length === 2, BOUND, 'both to be found again')
    expect(await isQueued(a, b)).toBe(false)
  })

  test('marked as different leaves the queue, and returns when an identifying field changes', async () => {
    const [a, b] = await createTwins('Wolverhampton', 'Wolverhamton')
    await until(() => isQueued(a, b), BOUND, 'the pair to be queued')
    await decide({ ids: [a, b], decision: 'different' })
    expect(await isQueued(a, b)).toBe(false)
    expect((await agent.send('GET', `/v1/customers/${a}/duplicates`)).as(duplicatesAnswer).items).toEqual([])
    await agent.patch(a, { document_number: 'WV 1' })
    await until(() => isQueued(a, b), BOUND, 'the pair to be queued again')
  })

  test('is listed once, page by page, likelier pairs first', async () => {
    const word = randomWord()
    const weakPair = await createTwins(
      `${word}ravenscroftly`,
      `${word}ravenscroftli`,
      { dob: '1971-03-19' },
      '1971-03-09',
    )
    const strongPair = await createTwins(`Abernathyson${word}`, `Abernathyson${word}`)
    await until(async () => (await isQueued(...weakPair)) && isQueued(...strongPair), BOUND, 'both pairs to be queued')
    const pairs = (await queued(2)).map(({ customers }) => customers.map(({ id }) => id).join())
    expect(pairs).toEqual([...new Set(pairs)])
    expect(pairs.indexOf(strongPair.join())).toBeGreaterThanOrEqual(0)
    expect(pairs.indexOf(strongPair.join())).toBeLessThan(pairs.indexOf(weakPair.join()))
  })
})

describe('a decision', () => {
  const SOMEBODY = '00000000-0000-4000-8000-00000000abcd'

  test.each([
    ['one customer', { ids: [SOMEBODY, SOMEBODY], decision: 'same' }, 400],
    ['an unknown customer', { ids: [SOMEBODY, '00000000-0000-4000-8000-00000000abce'], decision: 'same' }, 404],
    ['three customers', { ids: [SOMEBODY, SOMEBODY, SOMEBODY], decision: 'same' }, 400],
    ['an unknown decision', { ids: [SOMEBODY, '00000000-0000-4000-8000-00000000abce'], decision: 'perhaps' }, 400],
    ['an invalid id', { ids: [SOMEBODY, '*:*'], decision: 'different' }, 400],
  ])('about %s is refused', async (_, body, status) => {
    const response = await decide(body)
    expect(response.status).toBe(status)
    expect(response.as(problem).status).toBe(status)
  })

  test('cannot split a customer that was never merged or is unknown', async () => {
    const { id } = await agent.create({ surname: 'Unmerged' })
    expect((await agent.send('POST', `/v1/customers/${id}/split`)).status).toBe(409)
    expect((await agent.send('POST', `/v1/customers/${SOMEBODY}/split`)).status).toBe(404)
  })
})

describe('a match as of an earlier time', () => {
  const match = async (query: unknown, as_of?: string) => {
    const body = { queries: [query], ...(as_of === undefined ? {} : { as_of }) }
    const { results } = (await agent.send('POST', '/v1/match', body)).as(matchAnswer)
    return results.flatMap(({ items }) => items.map(hit => hit.customer))
  }

  test('finds customers by their name at that time, as they were, including ones deleted since', async () => {
    const renamed = await agent.create({ surname: 'Maidenhurst', given_name: 'Ursula', valid_from: '2001-01-01' })
    await agent.patch(renamed.id, { surname: 'Wifely', valid_from: '2011-01-01' })
    const deleted = await agent.create({ surname: 'Maidenhurst', given_name: 'Ulrika', valid_from: '2002-01-01' })
    await until(() => isFound('Maidenhurst', deleted.id), BOUND, 'the customer to be found')
    await agent.delete(deleted.id)
    await until(async () => !(await isFound('Maidenhurst', deleted.id)), BOUND, 'the deleted customer to be removed')

    const query = { surname: 'Maidenhurst' }
    expect(await match(query)).toEqual([])
    const matchesThen = await match(query, '2005-06-01T00:00:00Z')
    expect(matchesThen.map(({ id }) => id).sort()).toEqual([renamed.id, deleted.id].sort())
    expect(matchesThen.map(({ surname }) => surname)).toEqual(['Maidenhurst', 'Maidenhurst'])
    expect(await match(query, '2001-06-01T00:00:00Z')).toMatchObject([
      { id: renamed.id, valid_to: '2011-01-01T00:00:00.000Z' },
    ])
    expect(await match(query, '1999-01-01T00:00:00Z')).toEqual([])
    expect(await match({ surname: 'Wifely' }, '2005-06-01T00:00:00Z')).toEqual([])
  })
})
