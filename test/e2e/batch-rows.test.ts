import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { counts, newSource, only, people, send, take, toIds } from './batch-senders.ts'
import { startServer, type TestServer } from './server.ts'

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

describe('a row', () => {
  test.each([
    ['with a day that is none', { id: 'x', surname: 'A', dob: '1999-02-30' }, ['#/dob']],
    ['with a day to come', { id: 'x', surname: 'A', dob: '2999' }, ['#/dob']],
    ['with a member that is unknown', { id: 'x', surname: 'A', nick: 'B' }, ['#/nick']],
    [
      'with a field that nobody authorised',
      { id: 'x', surname: 'A', details: { shoe_size: 5 } },
      ['#/details/shoe_size'],
    ],
    ['with a value of another type', { id: 'x', surname: 5 }, ['#/surname']],
    ['with a bidi character', { id: 'x', surname: 'A\u202EB' }, ['#/surname']],
    ['with a time to come', { id: 'x', surname: 'A', valid_from: '2999-01-01' }, ['#/valid_from']],
    ['with an action that there is not', { id: 'x', surname: 'A', action: 'drop' }, ['#/action']],
    ['with several faults', { id: 'x', surname: 5, dob: '1999-02-30', nick: 1 }, ['#/surname', '#/dob', '#/nick']],
    ['without a key', { surname: 'A' }, ['#/id']],
    ['with an empty key', { id: '', surname: 'A' }, ['#/id']],
    ['with a key that is a number', { id: 5, surname: 'A' }, ['#/id']],
    ['of nobody in particular', { id: 'x', dob: '1980' }, ['#']],
    ['that is not valid JSON', '{"id":"x",', ['#']],
    ['that is a list', '[]', ['#']],
    ['that is null', 'null', ['#']],
    ['with __proto__', '{"id":"x","surname":"A","__proto__":{"dob":"1980"}}', ['#']],
    ['with __proto__ in its details', '{"id":"x","surname":"A","details":{"__proto__":"B"}}', ['#']],
    ['a thousand levels deep', `{"id":"x","surname":${'['.repeat(1000)}${']'.repeat(1000)}}`, ['#/surname']],
    ['a hundred thousand levels deep', '['.repeat(100_000) + ']'.repeat(100_000), ['#']],
  ])('%s is refused with its reasons, and the others go on', async (_, bad, pointers) => {
    const made = await take(agent, newSource(), [{ id: '1', surname: 'Before' }, bad, { id: '3', surname: 'After' }])
    expect(counts(made)).toEqual(only({ rows: 3, created: 2, refused: 1 }))
    const [, refused] = made.results
    expect(refused).toMatchObject({ row: 2, outcome: 'refused' })
    for (const pointer of pointers) expect(refused?.problem).toContain(pointer)
    expect(refused?.problem).not.toMatch(/\.[tj]s:\d|Error/)
  })
})

describe('comma-separated values', () => {
  test.each(LINE_BREAKS)('with %s are read by their header', async (_, end) => {
    const rows = [
      '\ufeffid,type,surname,given_name,dob,document_number,details.city,details.height_cm,details.resident',
      '1,,"O\'Hara, Jr.","""Scarlett""",1845-03-10,X 1,Atlanta,170.5,true',
      '2,INSTITUTION,Tara,,,,,,',
      '',
    ]
    const made = await take(agent, newSource(), rows.join(end))
    expect(counts(made)).toEqual(only({ rows: 2, created: 2 }))
    const [one = '', two = ''] = toIds(made)
    expect(await agent.read(one)).toMatchObject({
      type: 'PERSON',
      surname: "O'Hara, Jr.",
      given_name: '"Scarlett"',
      dob: '1845-03-10',
      document_number: 'X 1',
      details: { city: 'Atlanta', height_cm: 170.5, resident: true },
    })
    expect(await agent.read(two)).toMatchObject({
      type: 'INSTITUTION',
      surname: 'Tara',
      given_name: null,
      dob: null,
      details: {},
    })
  })

  test('say the same as JSON lines do', async () => {
    const source = newSource()
    await take(agent, source, [{ id: '1', surname: 'Same', dob: '1980', given_name: null }])
    expect(counts(await take(agent, source, 'surname,id,dob,given_name\nSame,1,1980,\n'))).toEqual(
      only({ rows: 1, unchanged: 1 }),
    )
  })

  test('with a bad row take the others', async () => {
    const made = await take(agent, newSource(), 'id,surname,details.height_cm\n1,A,tall\n2,B\n3,C,170\n4,"D\nE",1\n')
    expect(made.results.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'created', 'refused'])
    expect(made.results.map(({ problem }) => problem?.split(' ')[0])).toEqual([
      '#/details/height_cm',
      '#',
      undefined,
      '#/surname',
    ])
  })

  test.each([
    ['with a quote that is not closed', 'id,surname\n1,"A\n'],
    ['with a column that is no field', 'id,surname,shoe_size\n1,A,5\n'],
    ['with a field that nobody authorised', 'id,surname,details.shoe_size\n1,A,5\n'],
    ['with one column twice', 'id,surname,surname\n1,A,B\n'],
    ['without a key', 'surname\nA\n'],
    ['without rows', 'id,surname\n'],
    ['without anything', '\n\n'],
    ['with the columns of an object', 'id,surname,__proto__,constructor\n1,A,B,C\n'],
  ])('%s are refused as a whole', async (_, text) => {
    const answer = await send(agent, newSource(), text)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.as(problem).errors.length).toBeGreaterThan(0)
    expect(answer.text).not.toMatch(/\.[tj]s:\d|\n\s+at /)
  })

  test('of 501 rows are too many', async () => {
    expect(
      (
        await send(
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
