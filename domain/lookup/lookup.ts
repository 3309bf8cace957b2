import { createHmac } from 'node:crypto'
import type { LookupAnswer, LookupQuery } from '#contract/schemas/query.ts'
import { type Example, grade } from '#contract/schemas/search.ts'
import { personOf } from '../customers/view.ts'
import { TooManyRequests } from '../errors.ts'
import { documentKey, nameKey } from '../matching/keys.ts'
import { DEFAULT_THRESHOLD } from '../matching/match.ts'
import { words } from '../matching/normalise.ts'
import { CANDIDATES, rank } from '../matching/rank.ts'
import type { Call, Ports } from '../ports.ts'
import { exampleOf } from '../search/search.ts'
import { sealReceipt } from './receipt.ts'

const MOST_RESEMBLANCES = 5

type LookupPorts = Pick<Ports, 'records' | 'exact' | 'budgets' | 'index'>

export interface LookupSettings {
  /** Signs receipts, and hashes what may not be kept as it is. */
  key: string
  /** Lookups that a source address has in a day. */
  budget: number
}

/** The id of no customer. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

const same = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && words(a).join(' ') === words(b).join(' ') && words(a).length > 0

/** Whether somebody is listed of whom two identifiers agree exactly: document number and surname, or full name and day of birth. */
async function isListed({ records, exact }: LookupPorts, example: Example): Promise<boolean> {
  const { surname, given_name, dob } = example
  const document = documentKey(example.document_number)
  const name = surname && given_name ? nameKey({ surname, given_name }) : null
  const ids = await Promise.all([
    document && surname ? exact.byDocument(document) : [],
    name && dob?.length === 10 ? exact.byName(name, dob) : [],
  ])
  // Asked for also when nothing was found, so that the time taken says nothing of it.
  const rows = await records.currents('customer', [NOBODY, ...ids.flat()], false)
  return rows.some(({ snapshot }) => {
    if (snapshot.state !== 'active') return false
    const person = personOf(snapshot, new Map())
    const byDocument =
      document !== null && documentKey(person.document_number) === document && same(person.surname, surname)
    return byDocument || (name !== null && nameKey(person) === name && dob?.length === 10 && person.dob === dob)
  })
}

const initials = (...names: (string | null)[]): string =>
  names
    .flatMap(name => words(name ?? ''))
    .map(word => `${word.slice(0, 1).toUpperCase()}.`)
    .join(' ')

/** Up to five who resemble the example, so masked that nobody is known from it. */
async function resemblances({ index }: LookupPorts, example: Example): Promise<LookupAnswer['resemblances']> {
  const tokens = await index.tokens()
  const [candidates = []] = await index.candidates([example], CANDIDATES)
  return rank(example, candidates, tokens, MOST_RESEMBLANCES, DEFAULT_THRESHOLD).map(
    ({ candidate: { person }, match }) => ({
      initials: initials(person?.given_name ?? null, person?.surname ?? null),
      birth_year: person?.dob?.slice(0, 4) ?? null,
      grade: match.grade ?? grade.enum.possible,
    }),
  )
}

/** An address as its holder has it: of IPv6 a whole /64, of which anyone may use all. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [front = '', back] = address.split('::')
  const groups = front.split(':').filter(group => group !== '')
  const rest = back === undefined ? [] : back.split(':').filter(group => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}

/** Seconds until the day, in UTC, is over. */
const restOfDay = (now: string): number =>
  Math.ceil((Date.parse(`${now.slice(0, 10)}T00:00:00.000Z`) + 86_400_000 - Date.parse(now)) / 1000)

/**
 * Tells anyone whether they, or somebody like them, is listed; never who.
 *
 * @param address where the question comes from: kept as a keyed hash, for a day.
 * @throws TooManyRequests when the address has used up its day; Unavailable. Never an answer in place of an error.
 */
export async function lookup(
  ports: LookupPorts,
  call: Call,
  query: LookupQuery,
  address: string,
  settings: LookupSettings,
): Promise<LookupAnswer> {
  const budget = createHmac('sha256', settings.key).update(networkOf(address)).digest('base64url').slice(0, 22)
  const left = await ports.budgets.spend(budget, call.now.slice(0, 10), settings.budget)
  if (!left) throw new TooManyRequests('The lookups of this address for today are used up', restOfDay(call.now))
  const example = exampleOf(query)
  // Both are always asked, whatever the first one says.
  const [listed, alike] = await Promise.all([isListed(ports, example), resemblances(ports, example)])
  const answer = listed ? 'listed' : alike.length > 0 ? 'possible' : 'not_listed'
  return {
    answer,
    resemblances: listed ? [] : alike,
    receipt: sealReceipt(settings.key, { answer, at: call.now, location: call.location, query }),
  }
}
