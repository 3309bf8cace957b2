import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { type Customer, customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { allCustomers } from './pages.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 10_000
/** Made up for this file: nobody else on the list has it. */
const CITY = `Sorted ${Date.now()}`
/** In the order of the Latin alphabet, without case and accents. */
const SURNAMES = ['Ábalos', 'adler', 'Åkerman', 'Бах', 'van Dyck', 'Zöllner']

let server: TestServer
let agent: Agent

const mine = `detail.city=${encodeURIComponent(CITY)}`
const list = (query: string, between?: (page: number) => Promise<void>) =>
  allCustomers(server, agent.token, `${query}&${mine}`, between)
const names = (customers: readonly Customer[]) => customers.map(({ surname }) => surname)
const send = (rows: readonly object[]) =>
  agent.send('POST', '/v1/batches?source=sorted', rows.map(row => JSON.stringify(row)).join('\n'), {
    'Content-Type': 'application/x-ndjson',
  })
const row = (id: string, surname: string | null, given_name = 'Ann') => ({
  id: `${CITY}-${id}`,
  surname,
  given_name,
  details: { city: CITY },
})

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  const rows = SURNAMES.map((surname, n) => row(String(n), surname)).reverse()
  expect((await send(rows)).as(batch).created).toBe(SURNAMES.length)
  await until(async () => (await list('sort=surname')).length === SURNAMES.length, BOUND, 'all to be sorted')
})
afterAll(() => server.stop())

describe('a list sorted by surname', () => {
  test.each([1, 2, 100])('in pages of %i is in alphabetical order, both ways', async limit => {
    expect(names(await list(`sort=surname&limit=${limit}`))).toEqual(SURNAMES)
    expect(names(await list(`sort=-surname&limit=${limit}`))).toEqual(SURNAMES.toReversed())
  })

  test('has everybody once whose name stays, while others come, change and go', async () => {
    const stays = ['Ábalos', 'Бах', 'van Dyck', 'Zöllner']
    const seen = names(
      await list('sort=surname&limit=1', async page => {
        if (page === 1) await send([row('new', 'Aaron'), row('1', 'Adler-Zenz'), { id: `${CITY}-2`, action: 'delete' }])
      }),
    )
    expect(seen.filter(name => name !== null && stays.includes(name))).toEqual(stays)
    await send([row('1', 'adler'), { id: `${CITY}-2`, action: 'restore' }, { id: `${CITY}-new`, action: 'delete' }])
    await until(async () => names(await list('sort=surname')).join() === SURNAMES.join(), BOUND, 'the list as before')
  })

  test('has nothing of a name in its cursors', async () => {
    const answer = await agent.send('GET', `/v1/customers?sort=surname&limit=1&q=zollner&${mine}`)
    const { items } = answer.as(customerList)
    expect(names(items)).toEqual(['Zöllner'])
    const first = await agent.send('GET', `/v1/customers?sort=surname&limit=1&${mine}`)
    const cursor = first.as(customerList).next ?? ''
    expect(cursor).not.toBe('')
    expect(Buffer.from(cursor, 'base64url').toString('latin1').toLowerCase()).not.toContain('abalos')
  })

  test('combines with a type, a state and words', async () => {
    expect(names(await list('sort=-surname&q=ann'))).toEqual(SURNAMES.toReversed())
    expect(names(await list('sort=surname&type=INSTITUTION'))).toEqual([])
    expect(names(await list('sort=-surname&state=all'))).toEqual(expect.arrayContaining(SURNAMES.toReversed()))
    await send([row('gone', 'Beck'), row('gone2', 'Achtern')])
    await send([
      { id: `${CITY}-gone`, action: 'delete' },
      { id: `${CITY}-gone2`, action: 'delete' },
    ])
    const isAsExpected = async () =>
      names(await list('sort=surname&state=deleted'))
        .filter(name => name !== 'Aaron')
        .join() === 'Achtern,Beck'
    await until(isAsExpected, BOUND, 'the deleted ones in order')
  })

  test.each(['as_of=2026-01-01', 'known_at=2026-01-01', 'changed_since=2026-01-01'])(
    'does not combine with %s',
    async other => {
      const answer = await agent.send('GET', `/v1/customers?sort=surname&${other}`)
      expect(answer.status).toBe(400)
      expect(answer.as(problem).errors).toEqual([expect.objectContaining({ pointer: '?sort' })])
    },
  )
})

describe.each(['created_at', 'updated_at'] as const)('a list sorted by %s', by => {
  test('is in the order of time, both ways', async () => {
    if (by === 'updated_at') {
      const [first] = await list('sort=surname')
      await agent.patch(first?.id ?? '', { document_number: 'SORTED 1' })
      const isLast = async () => (await list('sort=updated_at')).at(-1)?.id === first?.id
      await until(isLast, BOUND, 'the changed one to be last')
    }
    const up = await list(`sort=${by}&limit=2`)
    const position = (customer: Customer) => customer[by] + customer.id
    expect(up.map(position)).toEqual(up.map(position).toSorted())
    expect(up.length).toBeGreaterThanOrEqual(SURNAMES.length)
    expect(await list(`sort=-${by}&limit=3`)).toEqual(up.toReversed())
  })
})
