import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customer } from '#contract/schemas/customer.ts'
import { createdCustomer, decidedAnswer, duplicateQueue, duplicatesAnswer } from '#contract/schemas/duplicates.ts'
import { problem } from '#contract/schemas/problem.ts'
import { matchAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
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

const queue = async (query = 'limit=100') => (await agent.send('GET', `/v1/duplicates?${query}`)).as(duplicateQueue)
const queued = async (...ids: string[]) =>
  (await queue()).items.some(({ customers }) => customers.every(({ id }) => ids.includes(id)))
const decide = (body: unknown) => agent.send('POST', '/v1/duplicates', body)
const search = async (q: string) => (await agent.send('POST', '/v1/search', { q })).as(searchAnswer).items
const isFound = async (q: string, id: string) => (await search(q)).some(hit => hit.customer.id === id)

/** Two of nearly the same name and the same day, the lesser id first; the second one made when the first one could be found. */
async function twins(surname: string, other: string, said: object = {}): Promise<[string, string]> {
  const first = await agent.create({ surname, given_name: 'Zenobia', dob: '1971-03-09' })
  await until(() => isFound(surname, first.id), BOUND, `${surname} to be found`)
  const second = await agent.create({ surname: other, given_name: 'Zenobia', dob: '1971-03-09', ...said })
  const [a = '', b = ''] = [first.id, second.id].sort()
  return [a, b]
}

const expectNamed = ({ id, customer }: { id: string; customer: object }) => ({
  id,
  customer: expect.objectContaining(customer),
})

describe('a customer like one on the list', () => {
  test('is created, and the answer names the other', async () => {
    const first = await agent.create({ surname: 'Quillfeather', given_name: 'Zenobia', dob: '1971-03-09' })
    await until(() => isFound('Quillfeather', first.id), BOUND, 'the first to be found')
    const answer = await agent.send('POST', '/v1/customers', {
      surname: 'Quilfeather',
      given_name: 'Zenobia',
      dob: '1971-03-09',
    })
    expect(answer.status).toBe(201)
    const { likely_duplicates } = answer.as(createdCustomer)
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

  test('in a batch is created, and its result names the other', async () => {
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
    const keyed = { 'Idempotency-Key': 'duplicates-in-a-batch' }
    const { id, results } = (await send(keyed)).as(batch)
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'created'])
    expect(results.map(result => result.likely_duplicates?.map(({ id }) => id))).toEqual([[first.id], []])
    const again = (await send()).as(batch)
    expect(again.results.map(result => result.likely_duplicates)).toEqual([[], []])

    // The stored results have ids only: who is named is read again, and is gone after an erasure.
    const named = { id: first.id, customer: { surname: 'Brackenridge', given_name: 'Odo', dob: '1950-01-30' } }
    const reasons = expect.arrayContaining([expect.objectContaining({ field: 'dob' })])
    const read = async () => (await agent.send('GET', `/v1/batches/${id}`)).as(batch).results[0]?.likely_duplicates
    for (const likely of [results[0]?.likely_duplicates, (await send(keyed)).as(batch).results[0]?.likely_duplicates])
      expect(likely).toEqual([expect.objectContaining({ reasons, ...expectNamed(named) })])
    expect(await read()).toEqual([expect.objectContaining({ reasons, ...expectNamed(named) })])
    await agent.send('DELETE', `/v1/customers/${first.id}`)
    expect(await read()).toEqual([expect.objectContaining({ id: first.id, customer: null, reasons: [] })])
  })

  test('is told of with the reasons by both', async () => {
    const [a, b] = await twins('Featherstonehaugh', 'Fetherstonehaugh')
    await until(() => isFound('Fetherstonehaugh', b), BOUND, 'both to be found')
    for (const [id, other] of [
      [a, b],
      [b, a],
    ]) {
      const { items } = (await agent.send('GET', `/v1/customers/${id}/duplicates`)).as(duplicatesAnswer)
      expect(items.map(item => item.customer.id)).toEqual([other])
      expect(items[0]?.reasons.map(({ field }) => field)).toEqual(expect.arrayContaining(['name', 'dob']))
    }
  })
})

describe('a pair in the review queue', () => {
  test('that is the same becomes one, found by either name, and two again when split', async () => {
    const [a, b] = await twins('Thistlewood', 'Thisselwood', { document_number: 'TW 55501' })
    await until(() => queued(a, b), BOUND, 'the pair to be queued')
    const decided = (await decide({ ids: [b, a], decision: 'same', note: 'same passport' })).as(decidedAnswer)
    expect(decided.customers.map(({ id, absorbed }) => ({ id, absorbed }))).toEqual([{ id: a, absorbed: [b] }])
    expect(await queued(a, b)).toBe(false)
    const onlyA = async (q: string) => (await search(q)).map(hit => hit.customer.id).join() === a
    await until(() => onlyA('Zenobia Thisselwood'), BOUND, 'the one name to find the one that lives on')
    await until(() => onlyA('Zenobia Thistlewood'), BOUND, 'the other name to find it too')

    const split = await agent.send('POST', `/v1/customers/${b}/split`)
    expect(split.as(customer)).toMatchObject({ id: b, state: 'active', merged_into: null })
    expect((await agent.history(b)).map(({ action }) => action)).toEqual(['split', 'merge', 'create'])
    expect((await agent.history(a)).map(({ action }) => action)).toEqual(['split', 'merge', 'create'])
    await until(async () => (await search('Zenobia Thisselwood')).length === 2, BOUND, 'both to be found again')
    expect(await queued(a, b)).toBe(false)
  })

  test('that differs leaves it, and comes back when one of them is known by something else', async () => {
    const [a, b] = await twins('Wolverhampton', 'Wolverhamton')
    await until(() => queued(a, b), BOUND, 'the pair to be queued')
    await decide({ ids: [a, b], decision: 'different' })
    expect(await queued(a, b)).toBe(false)
    expect((await agent.send('GET', `/v1/customers/${a}/duplicates`)).as(duplicatesAnswer).items).toEqual([])
    await agent.patch(a, { document_number: 'WV 1' })
    await until(() => queued(a, b), BOUND, 'the pair to come back')
  })

  test('is one of many, page by page, likelier ones first', async () => {
    const slight = await twins('Ravenscroftly', 'Ravenscroftli', { dob: '1971-03-19' })
    const strong = await twins('Abernathyson', 'Abernathyson')
    await until(async () => (await queued(...slight)) && queued(...strong), BOUND, 'both pairs to be queued')
    const pairs: string[] = []
    let next: string | null = null
    do {
      const page = await queue(next === null ? 'limit=1' : `limit=1&cursor=${next}`)
      pairs.push(...page.items.map(({ customers }) => customers.map(({ id }) => id).join()))
      next = page.next
    } while (next)
    expect(pairs).toEqual([...new Set(pairs)])
    expect(pairs.indexOf(strong.join())).toBeGreaterThanOrEqual(0)
    expect(pairs.indexOf(strong.join())).toBeLessThan(pairs.indexOf(slight.join()))
  })
})

describe('what cannot be decided', () => {
  const SOMEBODY = '00000000-0000-4000-8000-00000000abcd'

  test.each([
    ['one customer', { ids: [SOMEBODY, SOMEBODY], decision: 'same' }, 400],
    ['somebody who is not there', { ids: [SOMEBODY, '00000000-0000-4000-8000-00000000abce'], decision: 'same' }, 404],
    ['three', { ids: [SOMEBODY, SOMEBODY, SOMEBODY], decision: 'same' }, 400],
    ['neither', { ids: [SOMEBODY, '00000000-0000-4000-8000-00000000abce'], decision: 'perhaps' }, 400],
    ['what is no id', { ids: [SOMEBODY, '*:*'], decision: 'different' }, 400],
  ])('%s is refused', async (_, body, status) => {
    const answer = await decide(body)
    expect(answer.status).toBe(status)
    expect(answer.as(problem).status).toBe(status)
  })

  test('a customer who was never merged is not split, nor one who is not there', async () => {
    const { id } = await agent.create({ surname: 'Unmerged' })
    expect((await agent.send('POST', `/v1/customers/${id}/split`)).status).toBe(409)
    expect((await agent.send('POST', `/v1/customers/${SOMEBODY}/split`)).status).toBe(404)
  })
})

describe('a match as of an earlier moment', () => {
  const match = async (query: unknown, as_of?: string) => {
    const body = { queries: [query], ...(as_of === undefined ? {} : { as_of }) }
    const { results } = (await agent.send('POST', '/v1/match', body)).as(matchAnswer)
    return results.flatMap(({ items }) => items.map(hit => hit.customer))
  }

  test('finds who was called so then, as they were, and who has been deleted since', async () => {
    const wed = await agent.create({ surname: 'Maidenhurst', given_name: 'Ursula', valid_from: '2001-01-01' })
    await agent.patch(wed.id, { surname: 'Wifely', valid_from: '2011-01-01' })
    const gone = await agent.create({ surname: 'Maidenhurst', given_name: 'Ulrika', valid_from: '2002-01-01' })
    await until(() => isFound('Maidenhurst', gone.id), BOUND, 'the one to be found')
    await agent.delete(gone.id)
    await until(async () => !(await isFound('Maidenhurst', gone.id)), BOUND, 'the deleted one to be gone')

    const query = { surname: 'Maidenhurst' }
    expect(await match(query)).toEqual([])
    const then = await match(query, '2005-06-01T00:00:00Z')
    expect(then.map(({ id }) => id).sort()).toEqual([wed.id, gone.id].sort())
    expect(then.map(({ surname }) => surname)).toEqual(['Maidenhurst', 'Maidenhurst'])
    expect(await match(query, '2001-06-01T00:00:00Z')).toMatchObject([
      { id: wed.id, valid_to: '2011-01-01T00:00:00.000Z' },
    ])
    expect(await match(query, '1999-01-01T00:00:00Z')).toEqual([])
    expect(await match({ surname: 'Wifely' }, '2005-06-01T00:00:00Z')).toEqual([])
  })
})
