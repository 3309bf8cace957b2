import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 10_000
/** Made up for this run: the list may have other customers, from other runs of this file as well. */
const DIGITS = String(randomInt(100_000, 1_000_000))
const [A, B, C] = [DIGITS.slice(0, 2), DIGITS.slice(2, 4), DIGITS.slice(4)]
const LAST_FOUR = String(randomInt(1000, 10_000))
const WORD = [...DIGITS].map(digit => 'bcdfghjklm'[Number(digit)]).join('a')
const NAME = `Bouquet${WORD}`
const [MOBILE, LANDLINE, MAIL] = ['mobile', 'landline', 'mail'].map(name => `${name}_${DIGITS}`) as [
  string,
  string,
  string,
]

let server: TestServer
let agent: Agent
let id: string
let abroad: string

const search = async (body: object) =>
  (await agent.send('POST', '/v1/search', body)).as(searchAnswer).items.map(({ customer }) => customer.id)

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  const provider = await Agent.logIn(server, 'provider')
  const fields = [
    { name: MOBILE, type: 'phone', country: 'BE', searchable: true },
    { name: LANDLINE, type: 'phone', searchable: true },
    { name: MAIL, type: 'email', searchable: true },
  ]
  for (const field of fields) {
    expect((await agent.send('POST', '/v1/fields', field)).status).toBe(201)
    expect((await provider.send('POST', `/v1/fields/${field.name}/authorise`)).status).toBe(200)
  }
  const details = { [MOBILE]: `0470 ${A} ${B} ${C}`, [MAIL]: `Hyacinth.${NAME}@Example.com` }
  id = (await agent.create({ surname: NAME, given_name: 'Hyacinth', details })).id
  abroad = (await agent.create({ surname: `Walton${WORD}`, details: { [LANDLINE]: `+44 (0)20 7946 ${LAST_FOUR}` } })).id
  const isIndexed = async () => (await search({ q: `Walton${WORD}` })).includes(abroad)
  await until(isIndexed, BOUND, 'both to be found')
})
afterAll(() => server.stop())

describe('contact data', () => {
  test('is stored in one form', async () => {
    expect((await agent.read(id)).details).toEqual({
      [MOBILE]: `+32470${DIGITS}`,
      [MAIL]: `hyacinth.${NAME.toLowerCase()}@example.com`,
    })
    expect((await agent.read(abroad)).details).toEqual({ [LANDLINE]: `+44207946${LAST_FOUR}` })
  })

  test.each([
    `0470 ${A} ${B} ${C}`,
    `0470/${A}.${B}.${C}`,
    `+32 470 ${DIGITS.slice(0, 3)} ${DIGITS.slice(3)}`,
    `0032470${DIGITS}`,
    `${NAME.toLowerCase()} 0470${DIGITS}`,
  ])('is found by the number %s', async q => {
    expect((await search({ q }))[0]).toBe(id)
    expect(await search({ q, mode: 'exact' })).toEqual([id])
  })

  test.each([`020 7946 ${LAST_FOUR}`, `+44207946${LAST_FOUR}`, `(020) 7946${LAST_FOUR}`])(
    'is found without the country by %s',
    async q => {
      expect((await search({ q }))[0]).toBe(abroad)
      expect(await search({ q, mode: 'exact' })).toEqual([abroad])
    },
  )

  test.each([`HYACINTH.${NAME.toUpperCase()}@EXAMPLE.COM`, `hyacinth.${NAME.toLowerCase()}@example.com`])(
    'is found by the address %s',
    async q => {
      expect((await search({ q }))[0]).toBe(id)
      expect(await search({ q, mode: 'exact' })).toEqual([id])
    },
  )

  test('filters, however it is written', async () => {
    expect(await search({ details: { [MOBILE]: `0470-${DIGITS}` } })).toEqual([id])
    expect(await search({ q: NAME, details: { [MAIL]: `Hyacinth.${NAME}@EXAMPLE.com` } })).toEqual([id])
    expect(await search({ q: NAME, details: { [MOBILE]: '0470 00 00 00' } })).toEqual([])
    const filter = new URLSearchParams({ [`detail.${MOBILE}`]: `0470 ${A} ${B} ${C}`, limit: '100' })
    expect((await agent.list(String(filter))).map(customer => customer.id)).toEqual([id])
  })

  test('in another notation is no change, and neither is a repeated row', async () => {
    const { version } = await agent.read(id)
    await agent.patch(id, { details: { [MOBILE]: `+32 470 ${A} ${B} ${C}`, [MAIL]: `HYACINTH.${NAME}@example.com` } })
    expect((await agent.read(id)).version).toBe(version)
    const send = async (mobile: string) =>
      (
        await agent.send(
          'POST',
          `/v1/batches?source=contacts-${DIGITS}`,
          `id,surname,details.${MOBILE}\n1,Sheridan,${mobile}\n`,
          {
            'Content-Type': 'text/csv',
          },
        )
      ).as(batch).results[0]?.outcome
    expect([await send('0471 11 22 33'), await send('+32471112233')]).toEqual(['created', 'unchanged'])
  })

  test('in a batch without country codes is of the country that the batch states', async () => {
    const source = `contacts-abroad-${DIGITS}`
    const send = async (query: string, key?: string) =>
      agent.send(
        'POST',
        `/v1/batches?source=${source}${query}`,
        `id,surname,details.${LANDLINE},details.${MOBILE}\n1,Sheridan,0171 2345678,0471 234567\n`,
        { 'Content-Type': 'text/csv', ...(key === undefined ? {} : { 'Idempotency-Key': key }) },
      )
    const [refused] = (await send('')).as(batch).results
    expect(refused).toMatchObject({ outcome: 'refused', problem: expect.stringContaining('the option country') })
    expect((await send('&country=DE&dry_run=true')).as(batch)).toMatchObject({ created: 1 })
    const [created] = (await send('&country=DE', source)).as(batch).results
    expect(created?.outcome).toBe('created')
    expect((await agent.read(created?.id ?? '')).details).toEqual({
      [LANDLINE]: '+491712345678',
      [MOBILE]: '+49471234567',
    })
    expect((await send('&country=DE', source)).as(batch).results[0]?.outcome).toBe('created')
    expect((await send('&country=AT', source)).status).toBe(422)
    const isFound = async (q: string) => (await search({ q, mode: 'exact' })).includes(created?.id ?? '')
    await until(() => isFound('0471 234567'), BOUND, 'a number of another country than the field has')
    expect(await isFound('0171 2345678')).toBe(true)
  })

  test.each(['UK', 'XY', 'de', 'DEU', ''])('in a batch of the country %j is refused', async country => {
    const answer = await agent.send('POST', `/v1/batches?source=nowhere&country=${country}`, 'id,surname\n1,Lee\n', {
      'Content-Type': 'text/csv',
    })
    expect(answer.as(problem)).toMatchObject({ status: 400, errors: [{ pointer: '?country' }] })
  })

  test('that is none is refused', async () => {
    const details = { [MOBILE]: '12', [LANDLINE]: '020 7946 0958', [MAIL]: 'nobody' }
    const answer = await agent.send('POST', '/v1/customers', { surname: 'X', details })
    expect(answer.status).toBe(400)
    expect(answer.as(problem).errors?.map(({ pointer }) => pointer)).toEqual([
      `#/details/${MOBILE}`,
      `#/details/${LANDLINE}`,
      `#/details/${MAIL}`,
    ])
  })

  test.each<[object, string]>([
    [{ type: 'text', country: 'BE' }, '#/country'],
    [{ type: 'phone', country: 'XY' }, '#/country'],
    [{ type: 'phone', country: 'UK' }, '#/country'],
    [{ type: 'phone', country: 'be' }, '#/country'],
    [{ type: 'email', pattern: '.*' }, '#/pattern'],
  ])('has no field %j', async (definition, pointer) => {
    const answer = await agent.send('POST', '/v1/fields', { name: 'wrong', ...definition })
    expect(answer.status).toBe(400)
    expect(answer.as(problem).errors?.map(fault => fault.pointer)).toEqual([pointer])
  })
})
