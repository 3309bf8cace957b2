import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { duplicatesAnswer } from '#contract/schemas/duplicates.ts'
import { problem } from '#contract/schemas/problem.ts'
import { matchAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { Agent, etag, person } from './agent.ts'
import { randomWord } from './random-word.ts'
import { resolveLocation, startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const FAR_TIME = '9999-01-01'
const BOUND = 5000

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

describe('a customer', () => {
  test('is created with the stated fields, the others null, at the URL in Location', async () => {
    const response = await agent.send('POST', '/v1/customers', { surname: 'Only', details: { city: 'Lund' } })
    expect(response.status).toBe(201)
    const created = response.as(customer)
    expect(created).toMatchObject({
      type: 'PERSON',
      surname: 'Only',
      given_name: null,
      dob: null,
      document_number: null,
      details: { city: 'Lund' },
      state: 'active',
      valid_to: null,
      location: server.location,
    })
    const path = `/v1/customers/${created.id}`
    expect(resolveLocation(server, response)).toBe(server.url + path)
    const read = await agent.send('GET', path)
    expect(read.as(customer)).toEqual(created)
    expect(response.json).toEqual({ ...created, likely_duplicates: [] })
    expect(etag(read)).toBe(etag(response))
    expect(etag(read)).toMatch(/^"[^"]+"$/)
  })

  test.each([
    ['only a given name', { given_name: 'Cher' }, { given_name: 'Cher' }],
    ['only a document number', { document_number: 'X-1' }, { document_number: 'X-1' }],
    ['a year of birth', { surname: 'A', dob: '1985' }, { dob: '1985' }],
    ['a month of birth', { surname: 'A', dob: '1985-04' }, { dob: '1985-04' }],
    ['another type', { type: 'INSTITUTION', surname: 'A' }, { type: 'INSTITUTION' }],
    ['surrounding and repeated spaces', { surname: '  van   der\u00a0Berg ' }, { surname: 'van der Berg' }],
    ['decomposed letters', { surname: 'A\u030Asa' }, { surname: 'Åsa' }],
    [
      'joiners, which some scripts need',
      { surname: 'می\u200cخواهم', given_name: 'क्\u200dष' },
      { surname: 'می\u200cخواهم', given_name: 'क्\u200dष' },
    ],
    ['a character beyond the basic plane', { surname: '𠮷野家' }, { surname: '𠮷野家' }],
    [
      'text that looks like code',
      { surname: '<script>alert(1)</script>', given_name: "'; DROP TABLE" },
      { surname: '<script>alert(1)</script>', given_name: "'; DROP TABLE" },
    ],
    [
      'details of every type',
      { surname: 'A', details: { height_cm: 0.5, resident: false, member_since: '2020-02', note: '0' } },
      { details: { height_cm: 0.5, resident: false, member_since: '2020-02', note: '0' } },
    ],
    ['nulls for absent values', { surname: 'A', dob: null, details: { city: null } }, { dob: null, details: {} }],
  ])('may have %s', async (_, body, expected) => {
    const { id } = await agent.create(body)
    expect(await agent.read(id)).toMatchObject(expected)
  })

  test('is found by its id in upper case', async () => {
    const { id } = await agent.create({ surname: 'A' })
    expect((await agent.read(id.toUpperCase())).id).toBe(id)
  })

  test('keeps unstated fields in a patch, and null clears a field', async () => {
    const { id } = await agent.create(person)
    const response = await agent.patch(id, { given_name: null, dob: '1980', details: { city: null, note: 'moved' } })
    expect(response.status).toBe(200)
    expect(response.as(customer)).toMatchObject({
      surname: 'Lindqvist',
      given_name: null,
      dob: '1980',
      document_number: 'SE 1',
    })
    expect(response.as(customer).details).toEqual({ height_cm: 171, resident: true, note: 'moved' })
    expect((await agent.get(id)).json).toEqual(response.json)
    expect(await agent.versions(id)).toBe(2)
  })

  test('replaced without some fields loses them, except the type', async () => {
    const { id } = await agent.create({ ...person, type: 'INSTITUTION' })
    const response = await agent.put(id, { surname: 'Lindqvist', details: { note: 'new' } })
    expect(response.as(customer)).toMatchObject({
      type: 'INSTITUTION',
      surname: 'Lindqvist',
      given_name: null,
      dob: null,
      document_number: null,
      details: { note: 'new' },
    })
    expect(response.as(customer).details).toEqual({ note: 'new' })
  })

  test('can be deleted, refuses changes, and is restored as it was', async () => {
    const before = await agent.create(person)
    const deleted = (await agent.delete(before.id)).as(customer)
    expect(deleted).toMatchObject({ state: 'deleted', surname: 'Lindqvist' })
    expect(await agent.read(before.id)).toEqual(deleted)
    for (const refusedResponse of [
      await agent.patch(before.id, { surname: 'B' }),
      await agent.put(before.id, { surname: 'B' }),
    ]) {
      expect(refusedResponse.status).toBe(409)
      expect(refusedResponse.as(problem).type).toBe(problemType('conflict'))
    }
    const restored = (await agent.restore(before.id)).as(customer)
    const { surname, given_name, dob, document_number, details, type } = before
    expect(restored).toMatchObject({ state: 'active', surname, given_name, dob, document_number, details, type })
    expect((await agent.history(before.id)).map(({ action }) => action)).toEqual(['restore', 'delete', 'create'])
  })

  test.each([
    [
      'a patch to the current values',
      (id: string) => agent.patch(id, { surname: person.surname, details: { city: 'Lund' } }),
    ],
    ['an empty patch', (id: string) => agent.patch(id, {})],
    ['clearing an empty field', (id: string) => agent.patch(id, { details: { note: null } })],
    ['replacing it with the same values', (id: string) => agent.put(id, person)],
    ['restoring an active customer', (id: string) => agent.restore(id)],
  ])('gets no version from %s', async (_, request) => {
    const { id } = await agent.create(person)
    const before = await agent.get(id)
    const response = await request(id)
    expect(response.status).toBe(200)
    expect(response.json).toEqual(before.json)
    expect(etag(response)).toBe(etag(before))
    expect(await agent.versions(id)).toBe(1)
  })

  test('gets no version from a second deletion', async () => {
    const { id } = await agent.create(person)
    const first = await agent.delete(id)
    const second = await agent.delete(id)
    expect(second.json).toEqual(first.json)
    expect(await agent.versions(id)).toBe(2)
  })
})

describe('If-Match', () => {
  test('accepts the current tag, and refuses every older one without a change', async () => {
    const { id } = await agent.create(person)
    const first = etag(await agent.get(id))
    const second = etag(await agent.patch(id, { surname: 'B' }, { 'If-Match': first }))
    expect(second).not.toBe(first)
    for (const stale of [
      await agent.patch(id, { surname: 'C' }, { 'If-Match': first }),
      await agent.put(id, { surname: 'C' }, { 'If-Match': first }),
      await agent.delete(id, { 'If-Match': first }),
      await agent.restore(id, { 'If-Match': first }),
    ]) {
      expect(stale.status).toBe(412)
      expect(stale.as(problem).type).toBe(problemType('stale-version'))
    }
    expect(await agent.read(id)).toMatchObject({ surname: 'B', state: 'active' })
    expect(await agent.versions(id)).toBe(2)
    expect((await agent.delete(id, { 'If-Match': second })).status).toBe(200)
  })

  test('with * accepts any version', async () => {
    const { id } = await agent.create(person)
    await agent.patch(id, { surname: 'B' })
    expect((await agent.patch(id, { surname: 'C' }, { 'If-Match': '*' })).status).toBe(200)
  })

  test('with a list accepts the request when one tag is current (RFC 9110, 13.1.1)', async () => {
    const { id } = await agent.create(person)
    const current = etag(await agent.get(id))
    expect((await agent.patch(id, { surname: 'C' }, { 'If-Match': `"other", ${current}` })).status).toBe(200)
  })

  test('accepts the member etag of items of lists, searches, matches and likely duplicates', async () => {
    const surname = randomWord()
    const ofMember = async (find: () => Promise<readonly Customer[]>) => {
      const { id } = await agent.create({ surname })
      let tag: string | null = null
      const isFound = async () => {
        tag = (await find()).find(item => item.id === id)?.etag ?? null
        return tag !== null
      }
      await until(isFound, BOUND, 'the etag of the customer in the list')
      expect(tag).toBe(etag(await agent.get(id)))
      expect((await agent.patch(id, { given_name: 'B' }, { 'If-Match': String(tag) })).status).toBe(200)
      expect((await agent.delete(id, { 'If-Match': String(tag) })).status).toBe(412)
    }
    const first = await agent.create({ surname })
    await ofMember(() => agent.list(`q=${surname}`))
    await ofMember(() => agent.list(`changed_since=${first.updated_at}`))
    await ofMember(async () => {
      const { items } = (await agent.send('POST', '/v1/search', { q: surname })).as(searchAnswer)
      return items.map(({ customer }) => customer)
    })
    await ofMember(async () => {
      const { results } = (await agent.send('POST', '/v1/match', { queries: [{ surname }] })).as(matchAnswer)
      return results.flatMap(({ items }) => items.map(({ customer }) => customer))
    })
    await ofMember(async () => {
      const response = await agent.send('GET', `/v1/customers/${first.id}/duplicates`)
      return response.as(duplicatesAnswer).items.map(({ customer }) => customer)
    })
  })

  test('lets one of several concurrent requests through', async () => {
    const { id } = await agent.create(person)
    const tag = etag(await agent.get(id))
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, n) => agent.patch(id, { surname: `Name ${'abcdefgh'[n]}` }, { 'If-Match': tag })),
    )
    expect(responses.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)])
    expect(await agent.versions(id)).toBe(2)
  })

  test('is only offered for the current version', async () => {
    const { id } = await agent.create(person)
    const past = await agent.get(id, `as_of=${FAR_TIME}`)
    expect([past.headers.has('etag'), past.as(customer).etag]).toEqual([false, null])
    const inPast = await agent.send('POST', '/v1/match', { queries: [{ document_number: 'SE 1' }], as_of: FAR_TIME })
    const tags = inPast.as(matchAnswer).results.flatMap(({ items }) => items.map(({ customer }) => customer.etag))
    expect(new Set(tags)).toEqual(new Set([null]))
  })
})
