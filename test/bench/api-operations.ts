import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import pMap from 'p-map'
import * as z from 'zod'
import { type Customer, customerList } from '#contract/schemas/customer.ts'
import { keepAliveClient, type LoopRequest } from './closed-loop.ts'

/** How many customers are picked from. */
const SAMPLE_SIZE = 2000
const PAGE_SIZE = 100
/** How many users the purchases are of. */
const USERS = 500
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

const created = z.object({ id: z.string(), valid_from: z.string() })

function pick<T>(from: readonly T[]): T {
  const picked = from[randomInt(from.length)]
  if (picked === undefined) throw new RangeError('Nothing to pick from')
  return picked
}

export const randomWord = () => Array.from({ length: 9 }, () => pick([...LETTERS])).join('')
const randomDate = () => new Date(Date.UTC(1930, 0, 1 + randomInt(27_000))).toISOString().slice(0, 10)
const post = (path: string, body: unknown): LoopRequest => ({ method: 'POST', path, body })
const get = (path: string): LoopRequest => ({ method: 'GET', path })

/** A name with one letter replaced. */
export function misspell(name: string): string {
  const at = randomInt(name.length)
  return name.slice(0, at) + pick([...LETTERS]) + name.slice(at + 1)
}

/** What the operations need: customers of the list, and one with a long history. */
async function prepare(url: string, token: string, versions: number) {
  const { send, close } = keepAliveClient(url, token, 4)
  const customers: Customer[] = []
  for (let cursor: string | null = ''; cursor !== null && customers.length < SAMPLE_SIZE; ) {
    const after = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const { text } = await send(get(`/v1/customers?limit=${PAGE_SIZE}${after}`))
    const page: z.infer<typeof customerList> = customerList.parse(JSON.parse(text))
    customers.push(...page.items.filter(({ surname, given_name }) => surname && given_name))
    cursor = page.next
  }
  const changed = created.parse(
    JSON.parse(
      (await send(post('/v1/customers', { type: 'PERSON', surname: randomWord(), given_name: randomWord() }))).text,
    ),
  )
  for (let n = 1; n < versions; n++)
    await send({ method: 'PATCH', path: `/v1/customers/${changed.id}`, body: { given_name: randomWord() } })
  await pMap(
    Array.from({ length: USERS }, (_, n) => n),
    n => send(post('/buy', { username: `User ${n}`, userid: `bench-${n}`, price: '19.99' })),
    { concurrency: 4 },
  )
  // The moments of the past must be different from the present.
  await wait(1100)
  close()
  return { customers, changed }
}

/** The requests of each measured operation, in the order in which they are measured: those that write come last. */
export async function apiOperations(url: string, token: string, versions: number) {
  const { customers, changed } = await prepare(url, token, versions)
  const past = new Date(Date.now() - 1000).toISOString()
  const from = new Date(Date.now() - 30 * 86_400_000).toISOString()
  const path = () => `/v1/customers/${pick(customers).id}`
  const operations = {
    get: () => get(path()),
    list: () => get('/v1/customers?limit=25'),
    exact: () => {
      const { surname, given_name } = pick(customers)
      return post('/v1/search', { surname, given_name, mode: 'exact' })
    },
    q: () => get(`/v1/customers?limit=25&q=${encodeURIComponent(pick(customers).surname ?? '')}`),
    fuzzy: () => {
      const { surname, given_name, dob } = pick(customers)
      return post('/v1/search', { surname: misspell(surname ?? ''), given_name, ...(dob ? { dob } : {}) })
    },
    prefix: () => post('/v1/search', { q: pick(customers).surname?.slice(0, 4) }),
    as_of: () => get(`${path()}?as_of=${past}`),
    as_of_old: () => get(`/v1/customers/${changed.id}?as_of=${changed.valid_from}`),
    as_of_list: () => get(`/v1/customers?limit=25&as_of=${past}`),
    history: () => get(`${path()}/history`),
    diff: () => get(`/v1/diff?from=${from}&to=${past}&limit=25`),
    purchases: () => get(`/v1/purchases?user=bench-${randomInt(USERS)}`),
    audit: () => get(`/v1/audit?limit=25&shown=${pick(customers).id}`),
    lookup: () => {
      const { surname, given_name, dob } = pick(customers)
      return post('/v1/lookup', { surname, given_name, ...(dob ? { dob } : {}) })
    },
    buy: () => {
      const user = randomInt(USERS)
      const price = `${randomInt(1, 1000)}.50`
      return { ...post('/buy', { username: `User ${user}`, userid: `bench-${user}`, price, timestamp: randomTime() }) }
    },
    update: () => ({ method: 'PATCH', path: path(), body: { given_name: randomWord() } }),
    create: () => {
      const { surname } = pick(customers)
      return post('/v1/customers', {
        type: 'PERSON',
        surname,
        given_name: pick(customers).given_name,
        dob: randomDate(),
        document_number: randomUUID().slice(0, 13),
      })
    },
    create_unlike: () =>
      post('/v1/customers', { type: 'PERSON', surname: randomWord(), given_name: randomWord(), dob: randomDate() }),
  } satisfies Record<string, () => LoopRequest>
  const mixed = () => {
    const share = randomInt(100)
    if (share < 60) return operations.get()
    if (share < 80) return operations.list()
    if (share < 90) return operations.fuzzy()
    return share < 95 ? operations.update() : operations.create()
  }
  return { ...operations, mixed }
}

/** A time of the last year, so that no two purchases are the same. */
const randomTime = () => new Date(Date.now() - randomInt(365 * 86_400_000)).toISOString()
