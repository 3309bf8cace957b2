/** A history of a source with effective dates, loaded in any order, and what a list tells of it. */
import type { BatchRow } from '#contract/schemas/batch.ts'
import { type Customer, type DiffItem, diffList } from '#contract/schemas/customer.ts'
import { randomNumbers } from '../domain/records/random.ts'
import type { Agent } from './agent.ts'
import type { Api } from './api.ts'
import { take } from './batch-senders.ts'
import { allCustomers, allPages } from './pages.ts'
import { until } from './until.ts'

export type Dated = BatchRow & { valid_from: string }

const MOST = 500
const ROWS_A_CUSTOMER = 5

const toDay = (n: number): string => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10)

/** So many rows, by their dates, of a fifth as many customers: moves, marriages, corrections, some who leave and come back. */
export function historyRows(count: number, seed = 1): Dated[] {
  const drawn = randomNumbers(seed)
  const draw = () => drawn.next().value
  const pick = <T>(...values: readonly T[]): T | undefined => values[Math.floor(draw() * values.length)]
  const rows = Array.from({ length: count }, (_, n): Dated => {
    const who = Math.floor(n / ROWS_A_CUSTOMER)
    const nth = n % ROWS_A_CUSTOMER
    // A customer's rows are of different days; those of different customers often are of one.
    const valid_from = toDay(nth * 1500 + Math.floor(draw() * 1400))
    const id = `h${who}`
    if (nth > 0 && draw() < 0.1) return { id, valid_from, action: 'delete' }
    const surname = `${pick('Okafor', 'Lindqvist', 'Rezaei', 'Moreau', 'Nakamura')} ${who}`
    const given_name = pick('Chidi', 'Åsa', 'Zahra', 'Luc', null)
    const moved = draw() < 0.7 ? { details: { city: pick('Gent', 'Lund', 'Brno') ?? null } } : {}
    const known = draw() < 0.5 ? { dob: `19${50 + (who % 50)}` } : {}
    return { id, valid_from, surname, ...(given_name === undefined ? {} : { given_name }), ...known, ...moved }
  })
  return rows.sort((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
}

/** Sends rows batch after batch; gives how often each outcome came, and the ids of the customers. */
export async function load(agent: Agent, source: string, rows: readonly Dated[]) {
  const outcomes: Record<string, number> = {}
  const ids = new Set<string>()
  for (let from = 0; from < rows.length; from += MOST) {
    const { results } = await take(agent, source, rows.slice(from, from + MOST))
    for (const { outcome, id } of results) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      if (id !== null) ids.add(id)
    }
  }
  return { outcomes, ids }
}

let markers = 0
/** Until the list's difference tells of all that was written before. */
export async function settled(agent: Agent, bound: number): Promise<void> {
  const day = `1800-01-${String((markers++ % 28) + 1).padStart(2, '0')}`
  const { id } = await agent.create({ surname: 'Marker', valid_from: day })
  const told = async () =>
    (await agent.send('GET', `/v1/diff?from=1799-12-31&to=1800-02-01&limit=100`)).text.includes(id)
  await until(told, bound, 'the lines of what was written')
}

/** What a list tells of a customer, but for when and where it was recorded. */
const told = ({ version, recorded_at, created_at, updated_at, location, ...rest }: Customer) => rest

const byKey = (a: { id: string; field?: string }, b: { id: string; field?: string }) =>
  `${a.id}${a.field}` < `${b.id}${b.field}` ? -1 : 1

/** The list as of a moment, of some customers, whatever their state. */
export async function listAsOf(api: Api, token: string, ids: ReadonlySet<string>, as_of: string) {
  const all = await allCustomers(api, token, `as_of=${as_of}&state=all&limit=100`)
  return all
    .filter(({ id }) => ids.has(id))
    .map(told)
    .sort(byKey)
}

/** The difference of the list, of some customers. */
export async function wholeDiff(api: Api, token: string, ids: ReadonlySet<string>, from: string, to: string) {
  const pages = await allPages(api, token, `/v1/diff?from=${from}&to=${to}&limit=100`, diffList)
  return pages
    .flatMap(({ items }): DiffItem[] => items)
    .filter(({ id }) => ids.has(id))
    .sort(byKey)
}
