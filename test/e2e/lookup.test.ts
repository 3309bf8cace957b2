import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { problem } from '#contract/schemas/problem.ts'
import { lookupAnswer, verifyAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import type { ApiResponse } from './api.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 5000
const DAY_SECONDS = 86_400

let server: TestServer
let agent: Agent
let id: string

/** No response may contain her full values. */
const person = {
  surname: 'Wyzykowska',
  given_name: 'Bronisława Teodora',
  dob: '1977-08-19',
  document_number: 'PLX-88123',
}

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  id = (await agent.create({ ...person, details: { city: 'Bydgoszcz' } })).id
  const indexed = async () =>
    (await agent.send('POST', '/v1/search', { q: person.surname, mode: 'exact' })).text.includes(id)
  await until(indexed, BOUND, 'her to be found')
})
afterAll(() => server.stop())

const lookup = (body: unknown): Promise<ApiResponse> => server.api('POST', '/v1/lookup', { body })
const getAnswer = async (body: unknown) => (await lookup(body)).as(lookupAnswer)

const LISTED = [
  ['document number and surname', { surname: 'Wyzykowska', document_number: 'PLX-88123' }],
  ['full name and date of birth', { surname: 'Wyzykowska', given_name: 'Bronisława Teodora', dob: '1977-08-19' }],
  ['the same in another spelling', { surname: 'WYZYKOWSKA', given_name: 'bronislawa  teodora', dob: '1977-08-19' }],
  ['a document number without separators', { surname: 'Wyzykowska', document_number: 'plx 88123' }],
  ['all fields', person],
] as const
const POSSIBLE = [
  [
    'a misspelt name and the date of birth',
    { surname: 'Wyzykovska', given_name: 'Bronislava Teodora', dob: '1977-08-19' },
  ],
  [
    'the full name and another date of birth',
    { surname: 'Wyzykowska', given_name: 'Bronisława Teodora', dob: '1977-08-18' },
  ],
  ['the full name without a date of birth', { surname: 'Wyzykowska', given_name: 'Bronisława Teodora' }],
  ['the full name and a year of birth', { surname: 'Wyzykowska', given_name: 'Bronisława Teodora', dob: '1977' }],
] as const
const NOT_LISTED = [
  ['an unknown person', { surname: 'Xqzjwvkp', given_name: 'Qqq', dob: '1901-01-01' }],
  ['an unknown document number', { surname: 'Xqzjwvkp', document_number: 'NONE-0' }],
] as const

describe('a lookup', () => {
  test.each(LISTED)('by %s returns listed', async (_, body) => {
    expect(await getAnswer(body)).toMatchObject({ answer: 'listed', initials: null })
  })

  test.each(POSSIBLE)('by %s returns possible, with the initials of the query', async (_, body) => {
    expect(await getAnswer(body)).toMatchObject({ answer: 'possible', initials: 'B. T. W.' })
  })

  test.each(NOT_LISTED)('by %s returns not_listed', async (_, body) => {
    expect(await getAnswer(body)).toMatchObject({ answer: 'not_listed', initials: null })
  })

  test('does not return listed for a deleted customer', async () => {
    const deleted = await agent.create({
      surname: 'Deletowska',
      given_name: 'Ida',
      dob: '1966-06-06',
      document_number: 'DEL 1',
    })
    const body = { surname: 'Deletowska', given_name: 'Ida', dob: '1966-06-06', document_number: 'DEL 1' }
    expect((await getAnswer(body)).answer).toBe('listed')
    await agent.delete(deleted.id)
    expect((await getAnswer(body)).answer).not.toBe('listed')
    await until(async () => (await getAnswer(body)).answer === 'not_listed', BOUND, 'her to be removed from the index')
  })

  test('has the same shape, size and headers for every answer', async () => {
    const responses = await Promise.all([...LISTED, ...POSSIBLE, ...NOT_LISTED].map(([, body]) => lookup(body)))
    // Headers that differ in every response; API Gateway adds some of them.
    const variableHeaders = /^(date|x-request-id|x-amzn?-.*)$/
    const headers = responses.map(answer =>
      JSON.stringify([...answer.headers].filter(([name]) => !variableHeaders.test(name))),
    )
    expect(new Set(headers).size).toBe(1)
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]))
    // The size of the response must reveal nothing either.
    expect(new Set(responses.map(({ text }) => Buffer.byteLength(text)))).toEqual(new Set([1024]))
    for (const { json } of responses)
      expect(Object.keys(json ?? {}).sort()).toEqual(['answer', 'explanation', 'initials', 'receipt'])
  })

  test('returns the same for a wrong date, a partial date and no date', async () => {
    const { surname, given_name } = person
    const texts = await Promise.all(
      [{}, { dob: '1977' }, { dob: '1977-08' }, { dob: '1977-08-18' }].map(async dob => {
        const { receipt: _, ...visible } = await getAnswer({ surname, given_name, ...dob })
        return JSON.stringify(visible)
      }),
    )
    expect(new Set(texts).size).toBe(1)
  })

  test('returns no id and no full value, not even in the receipt', async () => {
    const bodies = [...LISTED, ...POSSIBLE, ...NOT_LISTED].map(([, body]) => body)
    for (const body of bodies) {
      const { text } = await lookup(body)
      const { receipt } = lookupAnswer.parse(JSON.parse(text))
      const decoded =
        `${text}${receipt.split('.').map(part => Buffer.from(part, 'base64url').toString('latin1'))}`.toLowerCase()
      for (const secret of [id, 'wyzyk', 'bronis', 'teodora', '08-19', '88123', 'bydgoszcz'])
        expect(decoded).not.toContain(secret)
    }
  })

  test('returns a receipt that fits into a URL and depends on the query', async () => {
    const receipts = [(await getAnswer(person)).receipt, (await getAnswer({ ...person, surname: 'Nobody' })).receipt]
    for (const receipt of receipts) expect(receipt).toMatch(/^[\w-]+\.[\w-]+$/)
    expect(new Set(receipts).size).toBe(2)
  })

  test('is also available to a logged-in user', async () => {
    const response = await agent.send('POST', '/v1/lookup', person)
    expect(response.as(lookupAnswer).answer).toBe('listed')
  })
})

describeLocalServer('a budget of three lookups a day', () => {
  let limitedServer: TestServer
  beforeAll(async () => {
    limitedServer = await startServer({ REGISTRY_LOOKUP_BUDGET: '3' })
  })
  afterAll(() => limitedServer.stop())

  const expectUsedUp = (response: ApiResponse) => {
    expect(response.status).toBe(429)
    expect(response.as(problem)).toMatchObject({ type: problemType('too-many-requests'), status: 429 })
    const seconds = Number(response.headers.get('retry-after'))
    expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= DAY_SECONDS).toBe(true)
    expect(response.text).not.toMatch(/listed|possible/)
  }

  test('refuses further lookups until the end of the day, whatever the caller sends', async () => {
    const lookupWithHeaders = (headers: Record<string, string> = {}) =>
      limitedServer.api('POST', '/v1/lookup', { body: person, headers })
    const responses = await Promise.all(Array.from({ length: 5 }, () => lookupWithHeaders()))
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429])
    expectUsedUp(await lookupWithHeaders())
    expectUsedUp(
      await lookupWithHeaders({
        'X-Forwarded-For': '203.0.113.7',
        Forwarded: 'for=203.0.113.7',
        'X-Real-IP': '203.0.113.7',
      }),
    )
    expectUsedUp(await lookupWithHeaders({ Authorization: `Bearer ${await limitedServer.token('provider')}` }))
    await limitedServer.restart()
    expectUsedUp(await lookupWithHeaders())
  })

  test('applies only to lookups', async () => {
    const token = await limitedServer.token('agent')
    expect((await limitedServer.api('POST', '/v1/search', { token, body: { q: 'a' } })).status).toBe(200)
    expect((await limitedServer.api('GET', '/healthz')).status).toBe(200)
  })
})

describe('a receipt', () => {
  const verify = async (receipt: string) =>
    (await server.api('POST', '/v1/lookup/verify', { body: { receipt } })).as(verifyAnswer)
  const NOT_VALID = { valid: false, matches: null, answer: null, at: null, location: null, known_at: null }

  test('contains the answer, its time and its location, and nothing of the query', async () => {
    const before = new Date().toISOString()
    const { answer, receipt } = await getAnswer({ surname: person.surname, document_number: person.document_number })
    const verification = await verify(receipt)
    expect(verification).toEqual({
      valid: true,
      matches: null,
      answer,
      at: expect.any(String),
      location: server.location,
      known_at: expect.any(String),
    })
    expect(String(verification.at) >= before && String(verification.at) <= new Date().toISOString()).toBe(true)
    const payload = Buffer.from(receipt.split('.')[0] ?? '', 'base64url').toString()
    for (const value of Object.values(person)) expect(payload).not.toContain(value)
  })

  test('names a time at which the list can be read again after changes', async () => {
    const body = { surname: 'Receiptowa', given_name: 'Wanda', dob: '1955-05-05', document_number: 'RCP 1' }
    const before = await agent.create(body)
    const { answer, receipt } = await getAnswer(body)
    const { known_at } = await verify(receipt)
    await agent.delete(before.id)
    expect([answer, (await getAnswer(body)).answer === 'listed']).toEqual(['listed', false])
    const customerThen = await agent.read(before.id, `known_at=${known_at}`)
    expect(customerThen).toMatchObject({ ...body, state: 'active', version: before.version })
  })

  test('that was changed in any way is not valid', async () => {
    const { receipt } = await getAnswer({ surname: 'Nobody', given_name: 'Here' })
    const [payload = '', signature = ''] = receipt.split('.')
    const content = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const forgedPayload = Buffer.from(JSON.stringify({ ...content, answer: 'listed' })).toString('base64url')
    const forgedReceipts = [
      `${forgedPayload}.${signature}`,
      `${receipt}A`,
      `${receipt}.`,
      payload,
      '.',
      'x',
      `${payload}.${signature.slice(1)}`,
    ]
    for (const receipt of forgedReceipts) expect([receipt, await verify(receipt)]).toEqual([receipt, NOT_VALID])
  })
})
