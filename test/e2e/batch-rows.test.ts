import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { newSource, people, sendAccepted, sendBatch, toCounts, toIds, withZeros } from './batches.ts'
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
