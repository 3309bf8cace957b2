import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { lookupAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { newSource, sendBatch } from './batches.ts'
import { startServer, type TestServer } from './server.ts'

let server: TestServer
let agent: Agent
beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const createMembers = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`member_${i}`, 1]))

describe('a small request does not get a large response', () => {
  test.each([
    ['__proto__ at each of 40,000 levels', `${'{"__proto__":1,"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['100,000 unknown members', JSON.stringify(createMembers(50_000))],
    ['unknown details by the thousand', JSON.stringify({ surname: 'A', details: createMembers(30_000) })],
    ['a member with a long name', JSON.stringify({ ['x'.repeat(500_000)]: 1 })],
  ])('for %s', async (_, body) => {
    for (const path of ['/v1/lookup', '/v1/customers']) {
      const response = await agent.send('POST', path, body, { 'Content-Type': 'application/json' })
      expect(response.status).toBe(400)
      expect(response.as(problem).errors.length).toBeGreaterThan(0)
      expect(response.text.length).toBeLessThan(50_000)
    }
  })

  test('for more words than a match accepts', async () => {
    const name = Array.from({ length: 24 }, (_, n) => `name${n}`).join(' ')
    const queries = Array.from({ length: 100 }, () => ({ surname: name, given_name: name }))
    const response = await agent.send('POST', '/v1/match', { queries, limit: 1 })
    expect(response.status).toBe(400)
    expect(response.as(problem).errors).toEqual([
      { pointer: '#/queries', detail: expect.stringContaining('at most 600') },
    ])
  })

  test('for more hits than a response may hold', async () => {
    const queries = Array.from({ length: 100 }, () => ({ surname: 'A' }))
    const response = await agent.send('POST', '/v1/match', { queries, limit: 100 })
    expect(response.status).toBe(400)
    expect(response.as(problem).errors).toEqual([expect.objectContaining({ pointer: '#/limit' })])
  })
})

describe('a batch', () => {
  test('with nearly all rows invalid in many ways reports them and accepts the valid one', async () => {
    const invalidRows = Array.from({ length: 499 }, (_, n) => ({ id: `w${n}`, ...createMembers(30) }))
    const response = await sendBatch(agent, newSource(), [{ id: 'good', surname: 'Right' }, ...invalidRows])
    expect(response.as(batch)).toMatchObject({ rows: 500, created: 1, refused: 499 })
  })

  test('is accepted once when two are sent under the same key at once', async () => {
    const [source, headers] = [newSource(), { 'Idempotency-Key': newSource() }]
    const [startedAt, names] = [new Date().toISOString(), [`A ${source}`, `B ${source}`]]
    const responses = await Promise.all(
      names.map(surname => sendBatch(agent, source, [{ id: surname.slice(0, 1), surname }], headers)),
    )
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 422])
    const refusedIndex = responses.findIndex(({ status }) => status === 422)
    const list = (await agent.send('GET', `/v1/customers?limit=100&changed_since=${startedAt}`)).as(customerList)
    expect(list.items.map(({ surname }) => surname)).toEqual([names[1 - refusedIndex]])
  })
})

test('customers with a common name are listed by it and the date of birth, within the budget of dates', async () => {
  const dobs = Array.from({ length: 40 }, (_, n) => `19${60 + n}-03-04`)
  const rows = dobs.map(dob => ({ id: dob, surname: 'Quillfeather', given_name: 'Jo', dob }))
  await sendBatch(agent, newSource(), rows)
  const answerFor = async (dob: string | undefined) =>
    (await server.api('POST', '/v1/lookup', { body: { surname: 'Quillfeather', given_name: 'Jo', dob } })).as(
      lookupAnswer,
    ).answer
  // An index returns 25 entries at once; the last customers must be found as well.
  const sampleDobs = [...dobs.slice(0, 3), ...dobs.slice(-7)]
  for (const dob of sampleDobs) expect([dob, await answerFor(dob)]).toEqual([dob, 'listed'])
  expect(await answerFor(dobs[20])).toBe('possible')
})

describe('the list', () => {
  test('does not match an absent detail with the text undefined', async () => {
    await agent.create({ surname: 'Cityless' })
    const response = await agent.send('GET', '/v1/customers?detail.city=undefined')
    expect(response.as(customerList).items).toEqual([])
  })

  test.each(['deleted', 'all'])('refuses a search by words for the state %s', async state => {
    const response = await agent.send('GET', `/v1/customers?q=a&state=${state}`)
    expect(response.as(problem).errors).toEqual([expect.objectContaining({ pointer: '?q' })])
  })
})

test('a correction with the same effective date wins over the earlier one', async () => {
  const { id } = await agent.create({ surname: 'First', valid_from: '2025-01-01' })
  for (const surname of ['A', 'B', 'A']) await agent.patch(id, { surname, valid_from: '2025-02-01' })
  expect((await agent.read(id)).surname).toBe('A')
  expect(await agent.versions(id)).toBe(4)
})

test('a key of a change without effect is remembered', async () => {
  const { id } = await agent.create({ surname: 'Same' })
  const headers = { 'Idempotency-Key': newSource() }
  expect((await agent.patch(id, { surname: 'Same' }, headers)).status).toBe(200)
  await agent.patch(id, { surname: 'Other' })
  expect((await agent.patch(id, { surname: 'Same' }, headers)).status).toBe(200)
  expect((await agent.read(id)).surname).toBe('Other')
  expect((await agent.patch(id, { surname: 'Third' }, headers)).status).toBe(422)
  expect(await agent.versions(id)).toBe(2)
})

test('a replaced customer without a type keeps its type', async () => {
  const { id } = await agent.create({ surname: 'Bank', type: 'INSTITUTION' })
  await agent.put(id, { surname: 'Bank of Elsewhere' })
  expect(await agent.read(id)).toMatchObject({ type: 'INSTITUTION', surname: 'Bank of Elsewhere' })
})
