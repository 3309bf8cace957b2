import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { problem } from '#contract/schemas/problem.ts'
import { lookupAnswer, verifyAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import type { Answer } from './api.ts'
import { describeOwnServer } from './own-server.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 5000
const DAY_SECONDS = 86_400

let server: TestServer
let agent: Agent
let id: string

/** Her full values are to be told to nobody. */
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

const ask = (body: unknown): Promise<Answer> => server.api('POST', '/v1/lookup', { body })
const answerTo = async (body: unknown) => (await ask(body)).as(lookupAnswer)

const listed = [
  ['document number and surname', { surname: 'Wyzykowska', document_number: 'PLX-88123' }],
  ['full name and day of birth', { surname: 'Wyzykowska', given_name: 'Bronisława Teodora', dob: '1977-08-19' }],
  ['the same in another spelling', { surname: 'WYZYKOWSKA', given_name: 'bronislawa  teodora', dob: '1977-08-19' }],
  ['the number without its separators', { surname: 'Wyzykowska', document_number: 'plx 88123' }],
  ['all that there is', person],
] as const
const possible = [
  [
    'a misspelt name and the day of birth',
    { surname: 'Wyzykovska', given_name: 'Bronislava Teodora', dob: '1977-08-19' },
  ],
  [
    'the full name and another day of birth',
    { surname: 'Wyzykowska', given_name: 'Bronisława Teodora', dob: '1977-08-18' },
  ],
  ['the full name without a day of birth', { surname: 'Wyzykowska', given_name: 'Bronisława Teodora' }],
  ['the full name and a year of birth', { surname: 'Wyzykowska', given_name: 'Bronisława Teodora', dob: '1977' }],
] as const
const not_listed = [
  ['somebody else', { surname: 'Xqzjwvkp', given_name: 'Qqq', dob: '1901-01-01' }],
  ['a document number of nobody', { surname: 'Xqzjwvkp', document_number: 'NONE-0' }],
] as const

describe('a lookup', () => {
  test.each(listed)('by %s says listed', async (_, body) => {
    expect(await answerTo(body)).toMatchObject({ answer: 'listed', initials: null })
  })

  test.each(possible)('by %s says possible, with the initials of the question', async (_, body) => {
    expect(await answerTo(body)).toMatchObject({ answer: 'possible', initials: 'B. T. W.' })
  })

  test.each(not_listed)('by %s says not_listed', async (_, body) => {
    expect(await answerTo(body)).toMatchObject({ answer: 'not_listed', initials: null })
  })

  test('does not say listed of one who was deleted', async () => {
    const gone = await agent.create({
      surname: 'Deletowska',
      given_name: 'Ida',
      dob: '1966-06-06',
      document_number: 'DEL 1',
    })
    const body = { surname: 'Deletowska', given_name: 'Ida', dob: '1966-06-06', document_number: 'DEL 1' }
    expect((await answerTo(body)).answer).toBe('listed')
    await agent.delete(gone.id)
    expect((await answerTo(body)).answer).not.toBe('listed')
    await until(async () => (await answerTo(body)).answer === 'not_listed', BOUND, 'her to be gone from the index')
  })

  test('has the same shape and headers whatever it says', async () => {
    const answers = await Promise.all([...listed, ...possible, ...not_listed].map(([, body]) => ask(body)))
    // What tells one answer from any other; API Gateway adds some of its own.
    const own = /^(date|x-request-id|x-amzn?-.*)$/
    const headers = answers.map(answer => JSON.stringify([...answer.headers].filter(([name]) => !own.test(name))))
    expect(new Set(headers).size).toBe(1)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    // Who sees no more than how much is sent learns nothing either.
    expect(new Set(answers.map(({ text }) => Buffer.byteLength(text)))).toEqual(new Set([1024]))
    for (const { json } of answers)
      expect(Object.keys(json ?? {}).sort()).toEqual(['answer', 'explanation', 'initials', 'receipt'])
  })

  test('says the same for a wrong date, a partial date and no date', async () => {
    const { surname, given_name } = person
    const texts = await Promise.all(
      [{}, { dob: '1977' }, { dob: '1977-08' }, { dob: '1977-08-18' }].map(async dob => {
        const { receipt: _, ...visible } = await answerTo({ surname, given_name, ...dob })
        return JSON.stringify(visible)
      }),
    )
    expect(new Set(texts).size).toBe(1)
  })

  test('tells no id and no full value, in the receipt either', async () => {
    const bodies = [...listed, ...possible, ...not_listed].map(([, body]) => body)
    for (const body of bodies) {
      const { text } = await ask(body)
      const { receipt } = lookupAnswer.parse(JSON.parse(text))
      const told =
        `${text}${receipt.split('.').map(part => Buffer.from(part, 'base64url').toString('latin1'))}`.toLowerCase()
      for (const secret of [id, 'wyzyk', 'bronis', 'teodora', '08-19', '88123', 'bydgoszcz'])
        expect(told).not.toContain(secret)
    }
  })

  test('gives a receipt that fits a URL, and another one to another question', async () => {
    const receipts = [(await answerTo(person)).receipt, (await answerTo({ ...person, surname: 'Nobody' })).receipt]
    for (const receipt of receipts) expect(receipt).toMatch(/^[\w-]+\.[\w-]+$/)
    expect(new Set(receipts).size).toBe(2)
  })

  test('is one question more for whoever is logged in too', async () => {
    const answer = await agent.send('POST', '/v1/lookup', person)
    expect(answer.as(lookupAnswer).answer).toBe('listed')
  })
})

describeOwnServer('a budget of three lookups a day', () => {
  let small: TestServer
  beforeAll(async () => {
    small = await startServer({ REGISTRY_LOOKUP_BUDGET: '3' })
  })
  afterAll(() => small.stop())

  const expectUsedUp = (answer: Answer) => {
    expect(answer.status).toBe(429)
    expect(answer.as(problem)).toMatchObject({ type: problemType('too-many-requests'), status: 429 })
    const seconds = Number(answer.headers.get('retry-after'))
    expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= DAY_SECONDS).toBe(true)
    expect(answer.text).not.toMatch(/listed|possible/)
  }

  test('ends with the third, whoever one says one is, and whatever is asked, until the day is over', async () => {
    const lookup = (headers: Record<string, string> = {}) => small.api('POST', '/v1/lookup', { body: person, headers })
    const answers = await Promise.all(Array.from({ length: 5 }, () => lookup()))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429])
    expectUsedUp(await lookup())
    expectUsedUp(
      await lookup({ 'X-Forwarded-For': '203.0.113.7', Forwarded: 'for=203.0.113.7', 'X-Real-IP': '203.0.113.7' }),
    )
    expectUsedUp(await lookup({ Authorization: `Bearer ${await small.token('provider')}` }))
    await small.restart()
    expectUsedUp(await lookup())
  })

  test('is for lookups alone', async () => {
    const token = await small.token('agent')
    expect((await small.api('POST', '/v1/search', { token, body: { q: 'a' } })).status).toBe(200)
    expect((await small.api('GET', '/healthz')).status).toBe(200)
  })
})

describe('a receipt', () => {
  const verify = async (receipt: string) =>
    (await server.api('POST', '/v1/lookup/verify', { body: { receipt } })).as(verifyAnswer)
  const NOT_OURS = { valid: false, matches: null, answer: null, at: null, location: null, known_at: null }

  test('says what was answered, when and where, and nothing of what was asked', async () => {
    const before = new Date().toISOString()
    const { answer, receipt } = await answerTo({ surname: person.surname, document_number: person.document_number })
    const told = await verify(receipt)
    expect(told).toEqual({
      valid: true,
      matches: null,
      answer,
      at: expect.any(String),
      location: server.location,
      known_at: expect.any(String),
    })
    expect(String(told.at) >= before && String(told.at) <= new Date().toISOString()).toBe(true)
    const readable = Buffer.from(receipt.split('.')[0] ?? '', 'base64url').toString()
    for (const value of Object.values(person)) expect(readable).not.toContain(value)
  })

  test('names a list that can be read again, after it has changed too', async () => {
    const body = { surname: 'Receiptowa', given_name: 'Wanda', dob: '1955-05-05', document_number: 'RCP 1' }
    const before = await agent.create(body)
    const { answer, receipt } = await answerTo(body)
    const { known_at } = await verify(receipt)
    await agent.delete(before.id)
    expect([answer, (await answerTo(body)).answer === 'listed']).toEqual(['listed', false])
    const then = await agent.read(before.id, `known_at=${known_at}`)
    expect(then).toMatchObject({ ...body, state: 'active', version: before.version })
  })

  test('that was changed in any way is not valid', async () => {
    const { receipt } = await answerTo({ surname: 'Nobody', given_name: 'Here' })
    const [payload = '', signature = ''] = receipt.split('.')
    const note = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const better = Buffer.from(JSON.stringify({ ...note, answer: 'listed' })).toString('base64url')
    const changed = [
      `${better}.${signature}`,
      `${receipt}A`,
      `${receipt}.`,
      payload,
      '.',
      'x',
      `${payload}.${signature.slice(1)}`,
    ]
    for (const one of changed) expect([one, await verify(one)]).toEqual([one, NOT_OURS])
  })
})
