import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { problem } from '#contract/schemas/problem.ts'
import { matchAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { newSource, people, sendAccepted, sendBatch, toCounts, toIds, withZeros } from './batches.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const LINE_BREAKS = [
  ['a line feed', '\n'],
  ['a carriage return and a line feed', '\r\n'],
] as const

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const find = async (request: object) => {
  const { items } = (await agent.send('POST', '/v1/search', request)).as(searchAnswer)
  return items.map(({ customer }) => customer.id)
}

describe('a row', () => {
  test.each([
    ['with an invalid date', { id: 'x', surname: 'A', dob: '1999-02-30' }, ['#/dob']],
    ['with a future date of birth', { id: 'x', surname: 'A', dob: '2999' }, ['#/dob']],
    ['with an unknown member', { id: 'x', surname: 'A', nick: 'B' }, ['#/nick']],
    ['with an unauthorised field', { id: 'x', surname: 'A', details: { shoe_size: 5 } }, ['#/details/shoe_size']],
    ['with a value of another type', { id: 'x', surname: 5 }, ['#/surname']],
    ['with a bidi character', { id: 'x', surname: 'A\u202EB' }, ['#/surname']],
    ['with a future effective date', { id: 'x', surname: 'A', valid_from: '2999-01-01' }, ['#/valid_from']],
    ['with an unknown action', { id: 'x', surname: 'A', action: 'drop' }, ['#/action']],
    ['with several errors', { id: 'x', surname: 5, dob: '1999-02-30', nick: 1 }, ['#/surname', '#/dob', '#/nick']],
    ['without a key', { surname: 'A' }, ['#/id']],
    ['with an empty key', { id: '', surname: 'A' }, ['#/id']],
    ['with a key that is a number', { id: 5, surname: 'A' }, ['#/id']],
    ['without a name or document number', { id: 'x', dob: '1980' }, ['#']],
    ['that is not valid JSON', '{"id":"x",', ['#']],
    ['that is a list', '[]', ['#']],
    ['that is null', 'null', ['#']],
    ['with __proto__', '{"id":"x","surname":"A","__proto__":{"dob":"1980"}}', ['#']],
    ['with __proto__ in its details', '{"id":"x","surname":"A","details":{"__proto__":"B"}}', ['#']],
    ['a thousand levels deep', `{"id":"x","surname":${'['.repeat(1000)}${']'.repeat(1000)}}`, ['#/surname']],
    ['a hundred thousand levels deep', '['.repeat(100_000) + ']'.repeat(100_000), ['#']],
  ])('%s is refused with its reasons, and the other rows are accepted', async (_, invalid, pointers) => {
    const accepted = await sendAccepted(agent, newSource(), [
      { id: '1', surname: 'Before' },
      invalid,
      { id: '3', surname: 'After' },
    ])
    expect(toCounts(accepted)).toEqual(withZeros({ rows: 3, created: 2, refused: 1 }))
    const [, refusedRow] = accepted.results
    expect(refusedRow).toMatchObject({ row: 2, outcome: 'refused' })
    for (const pointer of pointers) expect(refusedRow?.problem).toContain(pointer)
    expect(refusedRow?.problem).not.toMatch(/\.[tj]s:\d|Error/)
  })
})

describe('CSV', () => {
  test.each(LINE_BREAKS)('with %s is read by its header', async (_, lineBreak) => {
    const rows = [
      '\ufeffid,type,surname,given_name,dob,document_number,details.city,details.height_cm,details.resident',
      '1,,"O\'Hara, Jr.","""Scarlett""",1845-03-10,X 1,Atlanta,170.5,true',
      '2,INSTITUTION,Tara,,,,,,',
      '',
    ]
    const accepted = await sendAccepted(agent, newSource(), rows.join(lineBreak))
    expect(toCounts(accepted)).toEqual(withZeros({ rows: 2, created: 2 }))
    const [first = '', second = ''] = toIds(accepted)
    expect(await agent.read(first)).toMatchObject({
      type: 'PERSON',
      surname: "O'Hara, Jr.",
      given_name: '"Scarlett"',
      dob: '1845-03-10',
      document_number: 'X 1',
      details: { city: 'Atlanta', height_cm: 170.5, resident: true },
    })
    expect(await agent.read(second)).toMatchObject({
      type: 'INSTITUTION',
      surname: 'Tara',
      given_name: null,
      dob: null,
      details: {},
    })
  })

  test('equals NDJSON with the same values', async () => {
    const source = newSource()
    await sendAccepted(agent, source, [{ id: '1', surname: 'Same', dob: '1980', given_name: null }])
    expect(toCounts(await sendAccepted(agent, source, 'surname,id,dob,given_name\nSame,1,1980,\n'))).toEqual(
      withZeros({ rows: 1, unchanged: 1 }),
    )
  })

  test('with invalid rows creates the valid ones', async () => {
    const accepted = await sendAccepted(
      agent,
      newSource(),
      'id,surname,details.height_cm\n1,A,tall\n2,B\n3,C,170\n4,"D\nE",1\n',
    )
    expect(accepted.results.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'created', 'refused'])
    expect(accepted.results.map(({ problem }) => problem?.split(' ')[0])).toEqual([
      '#/details/height_cm',
      '#',
      undefined,
      '#/surname',
    ])
  })

  test.each([
    ['with an unclosed quote', 'id,surname\n1,"A\n'],
    ['with an unknown column', 'id,surname,shoe_size\n1,A,5\n'],
    ['with an unauthorised field', 'id,surname,details.shoe_size\n1,A,5\n'],
    ['with a repeated column', 'id,surname,surname\n1,A,B\n'],
    ['without a key column', 'surname\nA\n'],
    ['without rows', 'id,surname\n'],
    ['without content', '\n\n'],
    ['with columns named like the members of every object', 'id,surname,__proto__,constructor\n1,A,B,C\n'],
  ])('%s is refused as a whole', async (_, text) => {
    const response = await sendBatch(agent, newSource(), text)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.as(problem).errors.length).toBeGreaterThan(0)
    expect(response.text).not.toMatch(/\.[tj]s:\d|\n\s+at /)
  })

  test('with 501 rows is too large', async () => {
    expect(
      (
        await sendBatch(
          agent,
          newSource(),
          `id,surname\n${people(501)
            .map(({ id, surname }) => `${id},${surname}`)
            .join('\n')}\n`,
        )
      ).status,
    ).toBe(413)
  })
})

describe('what programs and people paste', () => {
  test('is taken as a spreadsheet writes it', async () => {
    const rows = 'id,surname,details.resident,\n1,Quicksheet,TRUE,\n,,,\n2,Quicksheet,no,\n,,,,\n'
    const accepted = await sendAccepted(agent, newSource(), rows)
    expect(toCounts(accepted)).toEqual(withZeros({ rows: 2, created: 2 }))
    const customers = await Promise.all(toIds(accepted).map(id => agent.read(id)))
    expect(customers.map(({ details }) => details.resident)).toEqual([true, false])
  })

  test('loses its invisible marks, and the row says so', async () => {
    const accepted = await sendAccepted(agent, newSource(), [
      { id: '1', surname: '\u200ePastley\u200b' },
      { id: '2', surname: 'Plainley' },
    ])
    expect(accepted.results.map(({ note }) => note)).toEqual(['invisible characters were taken off', undefined])
    expect(await agent.read(toIds(accepted)[0] ?? '')).toMatchObject({ surname: 'Pastley' })
    const read = (await agent.send('GET', `/v1/batches/${accepted.id}`)).as(batch)
    expect(read.results.map(({ note }) => note)).toEqual(['invisible characters were taken off', undefined])
    expect(await agent.create({ surname: 'Body\tley\u00ad', document_number: '\ufeffBX 1' })).toMatchObject({
      surname: 'Body ley',
      document_number: 'BX 1',
    })
  })

  test.each([
    ['a left-to-right mark', '\u200eGarnetson'],
    ['a tab', 'Garnetson\t'],
    ['a zero-width space', 'Garnet\u200bson'],
    ['a byte order mark', '\ufeffGarnetson'],
    ['a soft hyphen', 'Garnet\u00adson'],
    ['a direction isolate', '\u2067Garnetson\u2069'],
  ])('finds a customer although a question has %s', async (_, surname) => {
    const { id } = await agent.create({ surname: 'Garnetson', dob: '1981-02-03' })
    await until(async () => (await find({ q: surname })).includes(id), 5000, 'the customer to be found')
    expect(await find({ surname })).toContain(id)
    const matched = await agent.send('POST', '/v1/match', { queries: [{ surname, dob: '\u200e1981-02-03' }] })
    const ids = matched.as(matchAnswer).results.flatMap(({ items }) => items.map(({ customer }) => customer.id))
    expect(ids).toContain(id)
    const listed = await agent.list(`limit=100&q=${encodeURIComponent(surname)}`)
    expect(listed.map(customer => customer.id)).toContain(id)
  })

  test('of an own export changes nothing', async () => {
    const source = newSource()
    const accepted = await sendAccepted(agent, source, [
      { id: '1', surname: 'Exportley', given_name: 'Ann', dob: '1985~', details: { city: 'Ghent' } },
      { id: '2', surname: 'Exportley', type: 'INSTITUTION' },
    ])
    const listed = () => agent.list(`source=${source}`)
    await until(async () => (await listed()).length === 2, 30_000, 'the customers of the source to be listed')
    const items = await listed()
    expect(items.map(({ id }) => id).sort()).toEqual(toIds(accepted).sort())
    const again = await sendAccepted(agent, source, items)
    expect(toCounts(again)).toEqual(withZeros({ rows: 2, unchanged: 2 }))
    const changed = items.map(customer => ({ ...customer, given_name: 'Bea' }))
    expect(toCounts(await sendAccepted(agent, source, changed))).toEqual(withZeros({ rows: 2, updated: 2 }))
  })

  test('an unescaped plus sign in a URL is read as one', async () => {
    const { id } = await agent.create({ surname: 'Plusley', valid_from: '2026-01-01T10:00:00Z' })
    const get = (as_of: string) => agent.send('GET', `/v1/customers/${id}?as_of=${as_of}`)
    expect((await get('2026-01-01T12:00:00+02:00')).status).toBe(200)
    expect((await get('2026-01-01T11:59:59+02:00')).status).toBe(404)
  })
})
