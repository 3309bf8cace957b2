/** A history of a source with effective dates, sent in any order, and the list that results from it. */
import type { BatchRow } from '#contract/schemas/batch.ts'
import { type Customer, type DiffItem, diffList } from '#contract/schemas/customer.ts'
import { randomNumbers } from '../domain/records/random.ts'
import type { Agent } from './agent.ts'
import type { Api } from './api.ts'
import { sendAccepted } from './batches.ts'
import { allCustomers, allPages } from './pages.ts'
import { until } from './until.ts'

export type DatedRow = BatchRow & { valid_from: string }

const MAX_ROWS = 500
const ROWS_A_CUSTOMER = 5

const toDay = (n: number): string => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10)

/** Creates rows about a fifth as many customers, ordered by date: moves, marriages, corrections, deletions and returns. */
export function historyRows(count: number, seed = 1): DatedRow[] {
  const random = randomNumbers(seed)
  const draw = () => random.next().value
  const pick = <T>(...values: readonly T[]): T | undefined => values[Math.floor(draw() * values.length)]
  const rows = Array.from({ length: count }, (_, n): DatedRow => {
    const customerNumber = Math.floor(n / ROWS_A_CUSTOMER)
    const position = n % ROWS_A_CUSTOMER
    // The rows of one customer have different dates; those of different customers may share one.
    const valid_from = toDay(position * 1500 + Math.floor(draw() * 1400))
    const id = `h${customerNumber}`
    if (position > 0 && draw() < 0.1) return { id, valid_from, action: 'delete' }
    const surname = `${pick('Okafor', 'Lindqvist', 'Rezaei', 'Moreau', 'Nakamura')} ${customerNumber}`
    const given_name = pick('Chidi', 'Åsa', 'Zahra', 'Luc', null)
    const address = draw() < 0.7 ? { details: { city: pick('Gent', 'Lund', 'Brno') ?? null } } : {}
    const birth = draw() < 0.5 ? { dob: `19${50 + (customerNumber % 50)}` } : {}
    return { id, valid_from, surname, ...(given_name === undefined ? {} : { given_name }), ...birth, ...address }
  })
  return rows.sort((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
}

/** Sends the rows in batches. Returns the number of each outcome, and the ids of the customers. */
export async function sendHistory(agent: Agent, source: string, rows: readonly DatedRow[]) {
  const outcomes: Record<string, number> = {}
  const ids = new Set<string>()
  for (let from = 0; from < rows.length; from += MAX_ROWS) {
    const { results } = await sendAccepted(agent, source, rows.slice(from, from + MAX_ROWS))
    for (const { outcome, id } of results) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      if (id !== null) ids.add(id)
    }
  }
  return { outcomes, ids }
}

let markers = 0
/** Waits until the list's difference contains everything written before. */
export async function waitForChangeLog(agent: Agent, bound: number): Promise<void> {
  const day = `1800-01-${String((markers++ % 28) + 1).padStart(2, '0')}`
  const { id } = await agent.create({ surname: 'Marker', valid_from: day })
  const isLogged = async () =>
    (await agent.send('GET', `/v1/diff?from=1799-12-31&to=1800-02-01&limit=100`)).text.includes(id)
  await until(isLogged, bound, 'the change log of earlier writes')
}

/** Leaves out when and where a customer was recorded. */
const withoutRecordingMembers = ({ version, recorded_at, created_at, updated_at, location, ...rest }: Customer) => rest

const byKey = (a: { id: string; field?: string }, b: { id: string; field?: string }) =>
  `${a.id}${a.field}` < `${b.id}${b.field}` ? -1 : 1

/** Reads the list as of a time, restricted to these customers in any state. */
export async function listAsOf(api: Api, token: string, ids: ReadonlySet<string>, as_of: string) {
  const customers = await allCustomers(api, token, `as_of=${as_of}&state=all&limit=100`)
  return customers
    .filter(({ id }) => ids.has(id))
    .map(withoutRecordingMembers)
    .sort(byKey)
}

/** Reads the difference of the list, restricted to these customers. */
export async function readDiff(api: Api, token: string, ids: ReadonlySet<string>, from: string, to: string) {
  const pages = await allPages(api, token, `/v1/diff?from=${from}&to=${to}&limit=100`, diffList)
  return pages
    .flatMap(({ items }): DiffItem[] => items)
    .filter(({ id }) => ids.has(id))
    .sort(byKey)
}
