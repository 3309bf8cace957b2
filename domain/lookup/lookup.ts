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

/** The outcome of a lookup for which there was no budget left. */
export const REFUSED = 'refused'

export interface LookupSettings {
  /** Signs receipts, and hashes what may not be kept as it is. */
  key: string
  /** Lookups that a source address has in a day. */
  budget: number
}

/** Seconds until the day, in UTC, is over. */
const restOfDay = (now: string): number =>
  Math.ceil((Date.parse(`${now.slice(0, 10)}T00:00:00.000Z`) + 86_400_000 - Date.parse(now)) / 1000)

interface Found {
  answer: LookupAnswer['answer']
  alike: LookupAnswer['resemblances']
  /** Those who agree exactly. */
  rows: readonly CurrentRecord[]
}

/**
 * What the list says of an example. Table and index are both always asked, whatever the first one says. With the index down, who is
 * listed by exact agreement is still told so; of anyone else nothing can be said.
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
 * Tells anyone whether they, or somebody like them, is listed; never who.
 *
 * 1. One is taken from the day's budget of the network that asks.
 * 2. The answer is found.
 * 3. That it was asked for, and what came of it, is written down, with keyed hashes in place of what was asked and from where. What
 *    cannot be written down is not told.
 * 4. The receipt says the answer and from which list it is: the list of this location as it was known when the reading began, or when
 *    those who agree exactly were last changed, if that was recorded by a clock ahead of this one. Reading it with that `known_at` shows
 *    it again, but for versions that were still on their way here, from another location or into the table's indexes.
 *
 * @param address where the question comes from.
 * @throws TooManyRequests when the network has used up its day; Unavailable. Never an answer in place of an error.
 */
export async function lookup(
  ports: LookupPorts,
  call: RequestContext,
  query: LookupQuery,
  address: string,
  { key, budget }: LookupSettings,
): Promise<LookupAnswer> {
  const { now, location, actor, request_id } = call
  const network = networkHash(key, address)
  const asked = { ...askedHashes(key, query), network }
  const leaveTrace = (outcome: string) =>
    ports.accesses.record({ at: now, request_id, location, actor, action: 'lookup', outcome, asked })
  if (!(await ports.budgets.consume(network, now.slice(0, 10), budget))) {
    await leaveTrace(REFUSED)
    throw new TooManyRequests('This address has used its lookups for today: try again tomorrow', restOfDay(now))
  }
  const found = await find(ports, toSearchCriteria(query)).catch(async (error: unknown) => {
    await leaveTrace('failed')
    throw error
  })
  const { answer, alike, rows } = found
  await leaveTrace(answer)
  const known_at = rows.map(row => row.updated_at).reduce(later, now)
  return { answer, resemblances: alike, receipt: signReceipt(key, { answer, at: now, location, known_at, query }) }
}
