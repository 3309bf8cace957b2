import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { lookupAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { newSource, send } from './batch-senders.ts'
import { startServer, type TestServer } from './server.ts'

let server: TestServer
let agent: Agent
beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const members = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`member_${i}`, 1]))

describe('a small request does not get a large answer', () => {
  test.each([
    ['__proto__ at each of 40,000 levels', `${'{"__proto__":1,"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['100,000 unknown members', JSON.stringify(members(50_000))],
    ['unknown details by the thousand', JSON.stringify({ surname: 'A', details: members(30_000) })],
    ['a member with a long name', JSON.stringify({ ['x'.repeat(500_000)]: 1 })],
  ])('to %s', async (_, body) => {
    for (const path of ['/v1/lookup', '/v1/customers']) {
      const answer = await agent.send('POST', path, body, { 'Content-Type': 'application/json' })
      expect(answer.status).toBe(400)
      expect(answer.as(problem).errors.length).toBeGreaterThan(0)
      expect(answer.text.length).toBeLessThan(50_000)
    }
  })

  test('to more words than a match takes', async () => {
    const name = Array.from({ length: 24 }, (_, n) => `name${n}`).join(' ')
    const queries = Array.from({ length: 100 }, () => ({ surname: name, given_name: name }))
    const answer = await agent.send('POST', '/v1/match', { queries, limit: 1 })
    expect(answer.status).toBe(400)
    expect(answer.as(problem).errors).toEqual([
      { pointer: '#/queries', detail: expect.stringContaining('at most 600') },
    ])
  })

  test('to more hits than an answer holds', async () => {
    const queries = Array.from({ length: 100 }, () => ({ surname: 'A' }))
    const answer = await agent.send('POST', '/v1/match', { queries, limit: 100 })
    expect(answer.status).toBe(400)
    expect(answer.as(problem).errors).toEqual([expect.objectContaining({ pointer: '#/limit' })])
  })
})

describe('a batch', () => {
  test('of which nearly every row is wrong in many ways tells so, and takes the one that is right', async () => {
    const wrong = Array.from({ length: 499 }, (_, n) => ({ id: `w${n}`, ...members(30) }))
    const answer = await send(agent, newSource(), [{ id: 'good', surname: 'Right' }, ...wrong])
    expect(answer.as(batch)).toMatchObject({ rows: 500, created: 1, refused: 499 })
  })

  test('under a key at once with another is taken, and the other is not', async () => {
    const [source, headers] = [newSource(), { 'Idempotency-Key': newSource() }]
    const [began, names] = [new Date().toISOString(), [`A ${source}`, `B ${source}`]]
    const answers = await Promise.all(
      names.map(surname => send(agent, source, [{ id: surname.slice(0, 1), surname }], headers)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    const refused = answers.findIndex(({ status }) => status === 422)
    const list = (await agent.send('GET', `/v1/customers?limit=100&changed_since=${began}`)).as(customerList)
    expect(list.items.map(({ surname }) => surname)).toEqual([names[1 - refused]])
  })
})

test('those who share a name with many are listed by it and the day of birth, as long as its guesses last', async () => {
  const dobs = Array.from({ length: 40 }, (_, n) => `19${60 + n}-03-04`)
  const rows = dobs.map(dob => ({ id: dob, surname: 'Quillfeather', given_name: 'Jo', dob }))
  await send(agent, newSource(), rows)
  const answerFor = async (dob: string | undefined) =>
    (await server.api('POST', '/v1/lookup', { body: { surname: 'Quillfeather', given_name: 'Jo', dob } })).as(
      lookupAnswer,
    ).answer
  // An index returns 25 at once: the last ones are found all the same.
  const asked = [...dobs.slice(0, 3), ...dobs.slice(-7)]
  for (const dob of asked) expect([dob, await answerFor(dob)]).toEqual([dob, 'listed'])
  expect(await answerFor(dobs[20])).toBe('possible')
})

describe('the list', () => {
  test('does not take an absent detail for the word undefined', async () => {
    await agent.create({ surname: 'Cityless' })
    const answer = await agent.send('GET', '/v1/customers?detail.city=undefined')
    expect(answer.as(customerList).items).toEqual([])
  })

  test.each(['deleted', 'all'])('is not searched by words for those who are %s', async state => {
    const answer = await agent.send('GET', `/v1/customers?q=a&state=${state}`)
    expect(answer.as(problem).errors).toEqual([expect.objectContaining({ pointer: '?q' })])
  })
})

test('a correction to what was said before, of the same moment, holds', async () => {
  const { id } = await agent.create({ surname: 'First', valid_from: '2025-01-01' })
  for (const surname of ['A', 'B', 'A']) await agent.patch(id, { surname, valid_from: '2025-02-01' })
  expect((await agent.read(id)).surname).toBe('A')
  expect(await agent.versions(id)).toBe(4)
})

test('a key under which nothing was altered is remembered like any other', async () => {
  const { id } = await agent.create({ surname: 'Same' })
  const headers = { 'Idempotency-Key': newSource() }
  expect((await agent.patch(id, { surname: 'Same' }, headers)).status).toBe(200)
  await agent.patch(id, { surname: 'Other' })
  expect((await agent.patch(id, { surname: 'Same' }, headers)).status).toBe(200)
  expect((await agent.read(id)).surname).toBe('Other')
  expect((await agent.patch(id, { surname: 'Third' }, headers)).status).toBe(422)
  expect(await agent.versions(id)).toBe(2)
})

test('a customer stated as a whole without a type keeps it', async () => {
  const { id } = await agent.create({ surname: 'Bank', type: 'INSTITUTION' })
  await agent.put(id, { surname: 'Bank of Elsewhere' })
  expect(await agent.read(id)).toMatchObject({ type: 'INSTITUTION', surname: 'Bank of Elsewhere' })
})
