import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { customer } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { Agent, etag, person } from './agent.ts'
import { leadsTo, startServer, type TestServer } from './server.ts'

const FAR_TIME = '9999-01-01'

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

describe('a customer', () => {
  test('is created with what is said, the rest null, and is found where Location says', async () => {
    const answer = await agent.send('POST', '/v1/customers', { surname: 'Only', details: { city: 'Lund' } })
    expect(answer.status).toBe(201)
    const made = answer.as(customer)
    expect(made).toMatchObject({
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
    const path = `/v1/customers/${made.id}`
    expect(leadsTo(server, answer)).toBe(server.url + path)
    const found = await agent.send('GET', path)
    expect(found.as(customer)).toEqual(made)
    expect(answer.json).toEqual({ ...made, likely_duplicates: [] })
    expect(etag(found)).toBe(etag(answer))
    expect(etag(found)).toMatch(/^"[^"]+"$/)
  })

  test.each([
    ['a given name alone', { given_name: 'Cher' }, { given_name: 'Cher' }],
    ['a document number alone', { document_number: 'X-1' }, { document_number: 'X-1' }],
    ['a year of birth', { surname: 'A', dob: '1985' }, { dob: '1985' }],
    ['a month of birth', { surname: 'A', dob: '1985-04' }, { dob: '1985-04' }],
    ['another type', { type: 'INSTITUTION', surname: 'A' }, { type: 'INSTITUTION' }],
    ['blanks around and between', { surname: '  van   der\u00a0Berg ' }, { surname: 'van der Berg' }],
    ['letters in parts', { surname: 'A\u030Asa' }, { surname: 'Åsa' }],
    [
      'joiners, which some scripts need',
      { surname: 'می\u200cخواهم', given_name: 'क्\u200dष' },
      { surname: 'می\u200cخواهم', given_name: 'क्\u200dष' },
    ],
    ['an emoji beyond the basic plane', { surname: '𠮷野家' }, { surname: '𠮷野家' }],
    [
      'what looks like code',
      { surname: '<script>alert(1)</script>', given_name: "'; DROP TABLE" },
      { surname: '<script>alert(1)</script>', given_name: "'; DROP TABLE" },
    ],
    [
      'values of every kind',
      { surname: 'A', details: { height_cm: 0.5, resident: false, member_since: '2020-02', note: '0' } },
      { details: { height_cm: 0.5, resident: false, member_since: '2020-02', note: '0' } },
    ],
    [
      'nulls, which say that there is nothing',
      { surname: 'A', dob: null, details: { city: null } },
      { dob: null, details: {} },
    ],
  ])('may have %s', async (_, said, kept) => {
    const { id } = await agent.create(said)
    expect(await agent.read(id)).toMatchObject(kept)
  })

  test('is found by its id in capitals too', async () => {
    const { id } = await agent.create({ surname: 'A' })
    expect((await agent.read(id.toUpperCase())).id).toBe(id)
  })

  test('changed in part keeps the rest, and null clears', async () => {
    const { id } = await agent.create(person)
    const answer = await agent.patch(id, { given_name: null, dob: '1980', details: { city: null, note: 'moved' } })
    expect(answer.status).toBe(200)
    expect(answer.as(customer)).toMatchObject({
      surname: 'Lindqvist',
      given_name: null,
      dob: '1980',
      document_number: 'SE 1',
    })
    expect(answer.as(customer).details).toEqual({ height_cm: 171, resident: true, note: 'moved' })
    expect((await agent.get(id)).json).toEqual(answer.json)
    expect(await agent.versions(id)).toBe(2)
  })

  test('stated as a whole loses what was not said, but for the type', async () => {
    const { id } = await agent.create({ ...person, type: 'INSTITUTION' })
    const answer = await agent.put(id, { surname: 'Lindqvist', details: { note: 'new' } })
    expect(answer.as(customer)).toMatchObject({
      type: 'INSTITUTION',
      surname: 'Lindqvist',
      given_name: null,
      dob: null,
      document_number: null,
      details: { note: 'new' },
    })
    expect(answer.as(customer).details).toEqual({ note: 'new' })
  })

  test('deleted is kept, takes no change, and comes back as it was', async () => {
    const before = await agent.create(person)
    const gone = (await agent.delete(before.id)).as(customer)
    expect(gone).toMatchObject({ state: 'deleted', surname: 'Lindqvist' })
    expect(await agent.read(before.id)).toEqual(gone)
    for (const refused of [
      await agent.patch(before.id, { surname: 'B' }),
      await agent.put(before.id, { surname: 'B' }),
    ]) {
      expect(refused.status).toBe(409)
      expect(refused.as(problem).type).toBe(problemType('conflict'))
    }
    const back = (await agent.restore(before.id)).as(customer)
    const { surname, given_name, dob, document_number, details, type } = before
    expect(back).toMatchObject({ state: 'active', surname, given_name, dob, document_number, details, type })
    expect((await agent.history(before.id)).map(({ action }) => action)).toEqual(['restore', 'delete', 'create'])
  })

  test.each([
    [
      'a change to what it is already',
      (id: string) => agent.patch(id, { surname: person.surname, details: { city: 'Lund' } }),
    ],
    ['a change of nothing', (id: string) => agent.patch(id, {})],
    ['a clearing of what is empty', (id: string) => agent.patch(id, { details: { note: null } })],
    ['the whole statement again', (id: string) => agent.put(id, person)],
    ['a restoring of one who is active', (id: string) => agent.restore(id)],
  ])('gets no version by %s', async (_, act) => {
    const { id } = await agent.create(person)
    const before = await agent.get(id)
    const answer = await act(id)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual(before.json)
    expect(etag(answer)).toBe(etag(before))
    expect(await agent.versions(id)).toBe(1)
  })

  test('gets no version by a second delete', async () => {
    const { id } = await agent.create(person)
    const first = await agent.delete(id)
    const second = await agent.delete(id)
    expect(second.json).toEqual(first.json)
    expect(await agent.versions(id)).toBe(2)
  })
})

describe('If-Match', () => {
  test('takes the tag that was read last, and refuses every older one without a trace', async () => {
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

  test('of * takes whatever is there', async () => {
    const { id } = await agent.create(person)
    await agent.patch(id, { surname: 'B' })
    expect((await agent.patch(id, { surname: 'C' }, { 'If-Match': '*' })).status).toBe(200)
  })

  test('of a list takes the record when one of its tags is the current one (RFC 9110, 13.1.1)', async () => {
    const { id } = await agent.create(person)
    const current = etag(await agent.get(id))
    expect((await agent.patch(id, { surname: 'C' }, { 'If-Match': `"other", ${current}` })).status).toBe(200)
  })

  test('lets one of many through who all read the same', async () => {
    const { id } = await agent.create(person)
    const tag = etag(await agent.get(id))
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => agent.patch(id, { surname: `Name ${'abcdefgh'[n]}` }, { 'If-Match': tag })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)])
    expect(await agent.versions(id)).toBe(2)
  })

  test('is told of the present alone', async () => {
    const { id } = await agent.create(person)
    expect((await agent.get(id, `as_of=${FAR_TIME}`)).headers.has('etag')).toBe(false)
  })
})
