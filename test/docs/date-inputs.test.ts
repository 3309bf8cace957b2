/** The dates of docs/inputs.md: in requests and searches, sent to a server, and in files, sent by the command line. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Customer, customer, customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { Folder, runRegistry } from '../cli/run.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { readTable, toList, toRefusal } from './tables.ts'

const BOUND = 10_000
/** The dates of the text above the table. */
const BORN = ['1985-04-12', '1988-04-17', '1990-03-07', '1990-07-03', '2002-12-05', '1925-06-01']

let server: TestServer
let folder: Folder
let agent: Agent
let sources = 0

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), Folder.create()])
  agent = await Agent.logIn(server)
  for (const dob of BORN) await agent.create({ surname: 'Kalender', dob })
  const isIndexed = async () => (await search('Kalender')).length === BORN.length
  await until(isIndexed, BOUND, 'all to be found')
})
afterAll(() => Promise.all([server.stop(), folder.remove()]))

const search = async (q: string) => (await agent.send('POST', '/v1/search', { q, limit: 50 })).as(searchAnswer).items
const written = ({ dob, dob_approximate }: Pick<Customer, 'dob' | 'dob_approximate'>) =>
  dob === null ? 'no date' : `${dob_approximate ? 'about ' : ''}${dob}`

/** Ingests dates and returns them as kept, or what the command and the registry say. */
async function ingest(dates: readonly string[], options: readonly string[]): Promise<string[] | string> {
  const source = `dates-${++sources}`
  const rows = dates.map((date, n) => `${n},Lee,"${date}"\n`)
  const file = await folder.write(`${source}.csv`, `id,surname,dob\n${rows.join('')}`)
  const refused = folder.resolve(`${source}.ndjson`)
  const words = ['ingest', file, '--source', source, '--url', server.url, '--refused', refused, ...options]
  const { code, stderr } = await runRegistry(words)
  if (code !== 0) return `${stderr}${await readFile(refused, 'utf8').catch(() => '')}`
  const { items } = (await agent.send('GET', `/v1/customers?source=${source}`)).as(customerList)
  return items.map(written)
}

describe.each(readTable('written'))('the date %s', (date = '', request = '', file = '', inSearch = '') => {
  test(`in a request is ${request}`, async () => {
    const response = await agent.send('POST', '/v1/customers', { surname: 'Request', dob: date })
    const refusal = toRefusal(request)
    if (refusal === null) expect(written(response.as(customer))).toBe(request)
    else expect(response.as(problem).errors).toEqual([{ pointer: '#/dob', detail: expect.stringContaining(refusal) }])
  })

  test(`in a file is ${file}`, async () => {
    expect(await ingest([date], [])).toEqual(
      toRefusal(file) === null ? [file] : expect.stringContaining(toRefusal(file) ?? ''),
    )
  })

  test(`in a search finds ${inSearch}`, async () => {
    const hits = await search(`Kalender ${date}`)
    const [first] = hits
    if (inSearch === 'not read') {
      expect(hits.flatMap(({ reasons }) => reasons).filter(({ field }) => field === 'dob')).toEqual([])
      return
    }
    const [best, after] = toList(inSearch, ', then')
    expect(hits.filter(({ score }) => score === first?.score).map(({ customer }) => customer.dob)).toEqual([best])
    if (after !== undefined) expect(hits[1]?.customer.dob).toBe(after)
  })
})

test.each(readTable('dates in the column'))(
  'a column with %s and the options %j is %s',
  async (dates = '', options = '', expected = '') => {
    const refusal = toRefusal(expected)
    const result = await ingest(toList(dates), options.split(' ').filter(Boolean))
    if (refusal === null) expect([...result].sort()).toEqual(toList(expected).sort())
    else expect(result).toContain(refusal)
  },
)
