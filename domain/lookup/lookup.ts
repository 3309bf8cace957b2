import type { LookupAnswer, LookupQuery } from '#contract/schemas/query.ts'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import type { AccessStore } from '../audit/port.ts'
import { TooManyRequests, Unavailable } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { later } from '../records/clock.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import { toSearchCriteria } from '../search/match.ts'
import type { CandidateIndex } from '../search/port.ts'
import { askedHashes, networkHash } from './keyed-hashes.ts'
import { listedExactly } from './listed.ts'
import { maskedMatches } from './masked-matches.ts'
import type { RateLimiter } from './port.ts'
import { signReceipt } from './receipt.ts'

type LookupPorts = { records: RecordStore; lists: ListStore; budgets: RateLimiter; index: CandidateIndex } & {
  accesses: Pick<AccessStore, 'record'>
}

/** The outcome of a lookup without budget. */
export const REFUSED = 'refused'

export interface LookupSettings {
  /** The key that signs receipts and hashes criteria. */
  key: string
  /** Lookups per source address and day. */
  budget: number
}

/** The seconds until the end of the day, in UTC. */
const restOfDay = (now: string): number =>
  Math.ceil((Date.parse(`${now.slice(0, 10)}T00:00:00.000Z`) + 86_400_000 - Date.parse(now)) / 1000)

interface Found {
  answer: LookupAnswer['answer']
  alike: LookupAnswer['resemblances']
  /** Customers who agree exactly. */
  rows: readonly CurrentRecord[]
}

/**
 * Finds what the list says about the criteria. It always reads both table and index, whatever the first result is. If the index is
 * unreachable, exact agreement is still reported; otherwise no answer is possible.
 *
 * @throws Unavailable
 */
async function find(ports: LookupPorts, example: SearchCriteria): Promise<Found> {
  const near = maskedMatches(ports, example).catch((error: unknown) => {
    if (error instanceof Unavailable) return error
    throw error
  })
  const [rows, alike] = await Promise.all([listedExactly(ports, example), near])
  if (rows.length > 0) return { answer: 'listed', alike: [], rows }
  if (alike instanceof Unavailable) throw alike
  return { answer: alike.length > 0 ? 'possible' : 'not_listed', alike, rows }
}

/**
 * Answers whether the person asked about, or someone similar, is listed; never who.
 *
 * 1. It takes one from the day's budget of the source network.
 * 2. It finds the answer.
 * 3. It records the access and its outcome, with keyed hashes of criteria and network. Without this record there is no answer.
 * 4. It signs a receipt of the answer and of the list that it refers to: the list of this location as known when the read began, or when
 *    the exactly agreeing customers were last changed, if that was recorded by a clock ahead of this one. Reading the list with that
 *    `known_at` reproduces it, except for versions that were still being replicated or indexed.
 *
 * @param address the caller's IP address.
 * @throws TooManyRequests if the network's budget is used up; Unavailable.
 */
export async function lookup(
  ports: LookupPorts,
  context: RequestContext,
  query: LookupQuery,
  address: string,
  { key, budget }: LookupSettings,
): Promise<LookupAnswer> {
  const { now, location, actor, request_id } = context
  const network = networkHash(key, address)
  const trace = { ...askedHashes(key, query), network }
  const leaveTrace = (outcome: string) =>
    ports.accesses.record({ at: now, request_id, location, actor, action: 'lookup', outcome, asked: trace })
  if (!(await ports.budgets.consume(network, now.slice(0, 10), budget))) {
    await leaveTrace(REFUSED)
    throw new TooManyRequests('This address has used its lookups for today: try again tomorrow', restOfDay(now))
  }
  const result = await find(ports, toSearchCriteria(query)).catch(async (error: unknown) => {
    await leaveTrace('failed')
    throw error
  })
  const { answer, alike, rows } = result
  await leaveTrace(answer)
  const known_at = rows.map(row => row.updated_at).reduce(later, now)
  return { answer, resemblances: alike, receipt: signReceipt(key, { answer, at: now, location, known_at, query }) }
}
