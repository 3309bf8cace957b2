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
import { type Comparisons, takeGuesses } from './guess-budget.ts'
import { askedHashes, networkHash, questionHashes } from './keyed-hashes.ts'
import { compareExactly } from './listed.ts'
import type { RateLimiter } from './port.ts'
import { signReceipt } from './receipt.ts'
import { type LookupSettings, REFUSED, restOfDay } from './settings.ts'
import { hasSimilarName, toInitials } from './similar.ts'

type LookupPorts = { records: RecordStore; lists: ListStore; budgets: RateLimiter; index: CandidateIndex } & {
  accesses: Pick<AccessStore, 'record'>
}

interface Found {
  answer: LookupAnswer['answer']
  /** Customers who agree exactly. */
  listed: readonly CurrentRecord[]
}

/**
 * Finds what the list says about the criteria. It always reads both table and index, whatever the first result is. If the index is
 * unreachable, exact agreement is still reported; otherwise no answer is possible.
 *
 * @throws Unavailable
 */
async function find(ports: LookupPorts, criteria: SearchCriteria, allowed: Comparisons): Promise<Found> {
  const similar = hasSimilarName(ports, criteria).catch((error: unknown) => {
    if (error instanceof Unavailable) return error
    throw error
  })
  const [{ listed, hasNumber }, isSimilar] = await Promise.all([compareExactly(ports, criteria, allowed), similar])
  if (listed.length > 0) return { answer: 'listed', listed }
  if (hasNumber) return { answer: 'possible', listed }
  if (isSimilar instanceof Unavailable) throw isSimilar
  return { answer: isSimilar ? 'possible' : 'not_listed', listed }
}

/** What an answer means and what to do next. It depends on nothing but the answer. */
const EXPLANATIONS: Readonly<Record<LookupAnswer['answer'], string>> = {
  listed: 'Two identifiers agree exactly with a customer on the list.',
  possible:
    'Somebody similar is on the list. To find out whether it is you, state the full name with the full date of birth, or the document number with the surname or the full date of birth; or ask the provider.',
  not_listed: 'Nobody similar is on the list.',
}

/**
 * Answers whether the person asked about, or someone similar, is listed; never who.
 *
 * 1. It takes one from the day's budget of the source network.
 * 2. It takes from the day's budgets of guesses. A comparison whose budget is used up is not made, until the next day.
 * 3. It finds the answer. `possible` depends on the names and on a whole document number only; a date of birth can only turn it into
 *    `listed`. Nobody learns from an answer that a guess was partly right.
 * 4. It records the access and its outcome, with keyed hashes of criteria and network. Without this record there is no answer.
 * 5. It signs a receipt of the answer and of the list that it refers to: the list of this location as known when the read began, or when
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
  const [name] = questionHashes(key, { ...query, document_number: null })
  const trace = { ...askedHashes(key, query), ...(name === undefined ? {} : { name }), network }
  const leaveTrace = (outcome: string) =>
    ports.accesses.record({ at: now, request_id, location, actor, action: 'lookup', outcome, asked: trace })
  if (!(await ports.budgets.consume(network, now.slice(0, 10), budget))) {
    await leaveTrace(REFUSED)
    throw new TooManyRequests('This address has used its lookups for today: try again tomorrow', restOfDay(now))
  }
  const criteria = toSearchCriteria(query)
  const { answer, listed } = await takeGuesses(ports.budgets, query, now.slice(0, 10), key)
    .then(allowed => find(ports, criteria, allowed))
    .catch(async (error: unknown) => {
      await leaveTrace('failed')
      throw error
    })
  await leaveTrace(answer)
  const known_at = listed.map(row => row.updated_at).reduce(later, now)
  return {
    answer,
    explanation: EXPLANATIONS[answer],
    initials: answer === 'possible' ? toInitials(criteria) : null,
    receipt: signReceipt(key, { answer, at: now, location, known_at, query }),
  }
}
