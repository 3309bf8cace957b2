import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { type Customer, customerList, diffList, readCustomer } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { allCustomers, allPages } from './pages.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const ADDED = 60
const BOUND = 10_000

let server: TestServer
let agent: Agent
/** A value that only this test file uses. */
const CITY = `City ${Date.now()}`

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  const rows = Array.from({ length: ADDED }, (_, n) =>
    JSON.stringify({
      id: `${CITY}-${n}`,
      surname: `Listed${n}`,
      given_name: 'Many',
      type: n % 10 ? 'PERSON' : 'INSTITUTION',
      details: { city: CITY, height_cm: 100 + (n % 4), resident: n % 2 === 0 },
    }),
  )
  const response = await agent.send('POST', '/v1/batches?source=list', rows.join('\n'), {
    'Content-Type': 'application/x-ndjson',
  })
  expect(response.as(batch).created).toBe(ADDED)
})
afterAll(() => server.stop())

const list = (query: string, span?: (page: number) => Promise<void>) => allCustomers(server, agent.token, query, span)
const ids = (customers: readonly Pick<Customer, 'id'>[]) => customers.map(({ id }) => id)
const sorted = (customers: readonly Pick<Customer, 'id'>[]) => ids(customers).toSorted()
const byNote = `detail.note=${encodeURIComponent(CITY)}`
const byMarkedNote = `${byNote}!`
const byCity = `detail.city=${encodeURIComponent(CITY)}`

describe('the list', () => {
  test.each([1, 7, 25, 100])('in pages of %i is complete and without repetition', async limit => {
    const pages = await allPages(server, agent.token, `/v1/customers?limit=${limit}`, customerList)
    const customers = pages.flatMap(({ items }) => items)
    expect(sorted(customers)).toEqual([...new Set(ids(await list('limit=100')))].sort())
    expect(customers.length).toBeGreaterThanOrEqual(ADDED)
    expect(pages.every(({ items }) => items.length <= limit)).toBe(true)
  })

  test('shows each customer as it is read individually', async () => {
    const page = await list(`${byCity}&limit=5&detail.height_cm=101`)
    for (const customer of page.slice(0, 5)) expect(await agent.read(customer.id)).toEqual(customer)
  })

  test('shows everybody once while customers are created and changed', async () => {
    const before = await list('limit=100')
    let n = 0
    const changeOthers = async () => {
      const customer = before[(n++ * 17) % before.length]
      await agent.create({ surname: `Newcomer ${n}` })
      if (customer) await agent.patch(customer.id, { details: { note: `seen ${n}` } })
    }
    const customers = await list('limit=9', changeOthers)
    expect(new Set(ids(customers)).size).toBe(customers.length)
    expect(ids(customers)).toEqual(expect.arrayContaining(ids(before)))
    expect(n).toBeGreaterThan(5)
  })
})

describe('a filter', () => {
  test.each([
    ['by a text field', '', ADDED],
    ['by type', '&type=INSTITUTION', ADDED / 10],
    ['by a number', '&detail.height_cm=101', ADDED / 4],
    ['by a boolean', '&detail.resident=true', ADDED / 2],
    ['by several fields', '&detail.resident=true&detail.height_cm=100&type=PERSON', ADDED / 4 - ADDED / 20],
    ['by a value that nobody has', '&detail.note=nobody%20has%20this', 0],
    ['by a part of a value', '&detail.height_cm=10', 0],
  ])('%s returns the matching customers', async (_, query, expected) => {
    const customers = await list(`${byCity}${query}&limit=30`)
    expect(customers).toHaveLength(expected)
    expect(new Set(ids(customers)).size).toBe(expected)
    expect(customers.every(({ details }) => details.city === CITY)).toBe(true)
  })

  test('by state separates deleted from active customers', async () => {
    const created = await Promise.all(
      ['A', 'B', 'C'].map(surname => agent.create({ surname, details: { note: `${CITY}!` } })),
    )
    const [deleted, restored] = created
    await agent.delete(deleted?.id ?? '')
    await agent.delete(restored?.id ?? '')
    await agent.restore(restored?.id ?? '')
    expect(sorted(await list(byMarkedNote))).toEqual(sorted(created.slice(1)))
    expect(await list(`${byMarkedNote}&state=deleted`)).toMatchObject([{ id: deleted?.id, state: 'deleted' }])
    expect(sorted(await list(`${byMarkedNote}&state=all`))).toEqual(sorted(created))
  })

  test('by words finds the customers with all words, page by page', async () => {
    const created = await Promise.all(
      Array.from({ length: 7 }, (_, n) => agent.create({ surname: 'Quixotically', given_name: `Nr${n} Zweig` })),
    )
    const words = 'q=zweig%20quixotically'
    await until(async () => (await list(words)).length === created.length, BOUND, 'the words to be found')
    expect(sorted(await list(`${words}&limit=2`))).toEqual(sorted(created))
    expect(await list('q=zweig%20nowhere')).toEqual([])
  })

  test('by time of change returns the customers changed since, in their current state', async () => {
    const [old, changed, removed] = await Promise.all(['A', 'B', 'C'].map(surname => agent.create({ surname })))
    const { updated_at } = (await agent.patch(old?.id ?? '', { surname: 'Old' })).json as Customer
    await until(() => new Date().toISOString() > updated_at, 1000, 'the next millisecond')
    const since = new Date().toISOString()
    await agent.patch(changed?.id ?? '', { surname: 'Changed' })
    await agent.delete(removed?.id ?? '')
    const institution = await agent.create({ type: 'INSTITUTION', surname: 'D' })
    const customers = await list(`changed_since=${since}&state=all&limit=1`)
    expect(customers.map(({ surname, state }) => [surname, state]).sort()).toEqual([
      ['C', 'deleted'],
      ['Changed', 'active'],
      ['D', 'active'],
    ])
    expect(ids(await list(`changed_since=${since}&type=INSTITUTION`))).toEqual([institution.id])
    expect(await list('changed_since=2999-01-01')).toEqual([])
    expect((await list('changed_since=2000-01-01&state=all&limit=100')).length).toBe(
      (await list('state=all&limit=100')).length,
    )
  })
})

describe('the list as of a time', () => {
  let early: Customer
  let deleted: Customer
  beforeAll(async () => {
    early = await agent.create({ surname: 'Early', details: { note: CITY }, valid_from: '2001-01-01' })
    await agent.patch(early.id, { surname: 'Later', valid_from: '2005-01-01' })
    deleted = await agent.create({ surname: 'Gone', details: { note: CITY }, valid_from: '2003-01-01' })
    await agent.delete(deleted.id)
  })

  test.each([
    ['2000-12-31', []],
    ['2001-01-01', ['Early']],
    ['2004-01-01', ['Early', 'Gone']],
    ['2006-01-01', ['Gone', 'Later']],
  ])('on %s contains the customers of that time', async (day, surnames) => {
    expect((await list(`as_of=${day}&limit=50&${byNote}`)).map(({ surname }) => surname).sort()).toEqual(surnames)
  })

  test('now equals the current list', async () => {
    const now = await list('limit=100')
    const asOfNow = await list(`as_of=${new Date().toISOString()}&limit=100`)
    expect(asOfNow.map(({ id, version }) => [id, version]).sort()).toEqual(
      now.map(({ id, version }) => [id, version]).sort(),
    )
  })

  test('known before a correction does not contain it', async () => {
    const { updated_at } = await agent.read(early.id)
    await agent.patch(early.id, { surname: 'Corrected', valid_from: '2002-01-01' })
    const names = async (query: string) => (await list(`${query}&${byNote}`)).map(({ surname }) => surname).sort()
    expect(await names(`as_of=2002-06-01&known_at=${updated_at}`)).toEqual(['Early'])
    expect(await names('as_of=2002-06-01')).toEqual(['Corrected'])
    expect(await names(`as_of=2004-01-01&known_at=${early.created_at}`)).toEqual(['Early'])
    expect(await names('known_at=2000-01-01')).toEqual([])
  })

  test('known at a future time is provisional, on every page, while the current list is not', async () => {
    const page = async (query: string) => (await agent.send('GET', `/v1/customers?limit=1&${query}`)).as(customerList)
    expect(await page('known_at=2999-01-01')).toMatchObject({ provisional: true })
    expect(await page('known_at=2020-01-01')).toMatchObject({ provisional: false })
    expect(await page('as_of=2999-01-01')).toMatchObject({ provisional: false })
    expect((await agent.get(early.id, 'known_at=2999-01-01')).as(readCustomer).provisional).toBe(true)
  })

  test('filters by the type at that time', async () => {
    const { id } = await agent.create({ surname: 'Firm', details: { note: CITY }, valid_from: '1971-01-01' })
    await agent.patch(id, { type: 'INSTITUTION', valid_from: '1975-01-01' })
    expect(ids(await list(`as_of=1972-01-01&type=PERSON&${byNote}`))).toEqual([id])
    expect(await list(`as_of=1972-01-01&type=INSTITUTION&${byNote}`)).toEqual([])
    expect(ids(await list(`as_of=1976-01-01&type=INSTITUTION&${byNote}`))).toEqual([id])
  })
})

// The number of changes is only known for a list that no one else writes to.
describeLocalServer('the difference of the whole list', () => {
  const diff = async (query: string) =>
    (await allPages(server, agent.token, `/v1/diff?${query}`, diffList)).flatMap(({ items }) => items)
  const key = ({ id, field }: { id: string; field: string }) => `${id} ${field}`

  /** The expected difference, read customer by customer. */
  async function diffOneByOne(from: string, to: string) {
    const all = await list('state=all&limit=100')
    return (await Promise.all(all.map(({ id }) => agent.diff(id, from, to)))).flatMap(({ items }) => items)
  }

  test.each([
    ['2000-01-01', '2004-01-01', [1, 3, 100]],
    ['2002-03-01', '2005-06-01', [1, 3, 100]],
    ['1990-01-01', '', [60]],
    ['2004-01-01', '', [100]],
  ])('from %s to %s has every changed field of every customer once, in pages of %j', async (from, end, limits) => {
    const to = end || new Date().toISOString()
    const expected = (await diffOneByOne(from, to)).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    expect(expected.length).toBeGreaterThan(0)
    for (const limit of limits) {
      let items: typeof expected = []
      const isComplete = async () => {
        items = await diff(`from=${from}&to=${to}&limit=${limit}`)
        return items.length >= expected.length
      }
      await until(isComplete, BOUND, 'the change log of the last changes')
      expect(items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(expected)
    }
  })

  test('leaves changes recorded between its pages to a later read', async () => {
    const created = await Promise.all(
      ['A', 'B', 'C', 'D', 'E'].map(surname => agent.create({ surname, valid_from: '1995-01-01' })),
    )
    const query = '/v1/diff?from=1994-01-01&to=1996-01-01&limit=4'
    await until(async () => (await diff('from=1994-01-01&to=1996-01-01')).length === 15, BOUND, 'the change log')
    const pages = await allPages(server, agent.token, query, diffList, async page => {
      for (const { id } of created) await agent.patch(id, { dob: `${1960 + page}`, valid_from: '1995-06-01' })
    })
    const keys = pages.flatMap(({ items }) => items.map(key))
    expect(keys).toHaveLength(15)
    expect(new Set(keys).size).toBe(15)
  })

  test('can be restricted to one customer or one field', async () => {
    const { id } = await agent.create({ surname: 'A', valid_from: '1965-01-01' })
    await agent.patch(id, { surname: 'B', details: { city: 'Gent' }, valid_from: '1966-01-01' })
    const span = 'from=1965-06-01&to=1967-01-01'
    expect((await diff(`${span}&customer=${id}`)).map(({ field }) => field)).toEqual(['details.city', 'surname'])
    expect((await diff(`${span}&customer=${id}&field=surname`)).map(({ after }) => after)).toEqual(['B'])
    const cities = async () => (await diff(`${span}&field=details.city&limit=1`)).map(item => [item.id, item.after])
    await until(async () => `${await cities()}` === `${id},Gent`, BOUND, 'the only difference')
    expect((await agent.send('GET', `/v1/diff?${span}&customer=${crypto.randomUUID()}`)).status).toBe(404)
    expect((await agent.send('GET', `/v1/diff?${span}&field=Sur%20name`)).status).toBe(400)
  })

  test('of a time without changes is empty', async () => {
    expect(await diff('from=1980-01-01&to=1990-01-01')).toEqual([])
  })
})
