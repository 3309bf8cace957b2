/**
 * Converts search criteria to query clauses, each boosted by its bits. The structure of a clause is fixed; words of the criteria are only
 * values in it.
 */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { joinAdjacent, toQueryKeys } from '#domain/matching/blocking/query-keys.ts'
import {
  MIN_PREFIX_LENGTH,
  toBeginningQueryKeys,
  toDeletions,
  toParts,
  toPrefixes,
  toSoundQueryKeys,
} from '#domain/matching/blocking/spelling-keys.ts'
import type { NameToken } from '#domain/matching/name-token.ts'
import { getNameForms } from '#domain/matching/nicknames.ts'
import type { CandidateFilter } from '#domain/search/port.ts'
import type { IndexKeys } from './document.ts'

export type Clause = Record<string, unknown>
/** Whether to search current or past identities. */
export type Side = 'now' | 'was'

/** OpenSearch scores by the natural logarithm; everything here is in bits. */
const BITS = 1 / Math.LN2

/** The share of an exact agreement's bits that approximate agreements have, similar to the matcher's. */
const FORM = 0.8
const LONGER = 0.75
const ONE_SLIP = 0.65
const TWO_SLIPS = 0.45
const JOINED = 0.6
const SOUND = 0.5
const BEGINNING = 0.5
const TYPED = 0.8

const PARTICLE_BITS = 2
const INITIAL_BITS = 2.5
const PART_BITS = 4
const MAX_PARTS = 10
const OTHER_BITS = 6

/** How many words are also searched by similar ones; the rest of a long text is searched as it is. */
const MAX_WIDE = 12
const MAX_WORDS = 30

/** Scored by its rarity on the list, or a share of it. */
const weighByRarity = (field: string, value: string, share: number): Clause => ({
  term: { [field]: { value, boost: share * BITS } },
})

/** Scored by a constant. */
const weighByBits = (field: string, value: string, bits: number): Clause => ({
  constant_score: { filter: { term: { [field]: value } }, boost: bits },
})

/** The greatest of several scores, so that related agreements count once. */
const greatest = (queries: Clause[]): Clause => ({ dis_max: { queries } })

/** Matches the words that an unfinished word may become. */
export const beginsWith = (text: string, side: Side): Clause => ({
  terms: { [`${side}.start`]: toBeginningQueryKeys(text) },
})

/** Matches words with the first parts of a text; null if it is too short. They may be in another order. */
export function containsParts(text: string, side: Side): Clause | null {
  const parts = toParts(text).slice(0, MAX_PARTS)
  return parts.length === 0 ? null : { bool: { filter: parts.map(part => ({ term: { [`${side}.part`]: part } })) } }
}

function typedClauses({ text }: NameToken, side: Side): Clause[] {
  const field = `${side}.start`
  if (text.length === 1) return [weighByBits(field, text, INITIAL_BITS)]
  const inside = containsParts(text, side)
  return [
    ...toBeginningQueryKeys(text).map(key => weighByRarity(field, key, TYPED)),
    ...(inside ? [{ constant_score: { filter: inside, boost: PART_BITS } }] : []),
  ]
}

/** A word, and everything that is similar to it. */
function toSimilarClause(form: NameToken, side: Side, isTyped: boolean): Clause {
  const { text } = form
  const { one, two } = toDeletions(text)
  const by = (key: keyof IndexKeys, values: readonly string[], share: number) =>
    values.map(value => weighByRarity(`${side}.${key}`, value, share))
  return greatest([
    ...by('word', [text], 1),
    ...by('word', getNameForms(text), FORM),
    ...by('slip', [text], LONGER),
    ...by('slip', one, ONE_SLIP),
    ...by('slip', two, TWO_SLIPS),
    ...by('sound', toSoundQueryKeys(form), SOUND),
    ...by('start', text.length < MIN_PREFIX_LENGTH ? [] : [text], BEGINNING),
    ...by('word', toPrefixes(text, MIN_PREFIX_LENGTH), BEGINNING),
    ...by('joined', [text], JOINED),
    ...(isTyped ? typedClauses(form, side) : []),
  ])
}

const toExactClause = ({ text, particle }: NameToken, side: Side): Clause =>
  particle ? weighByBits(`${side}.word`, text, PARTICLE_BITS) : weighByRarity(`${side}.word`, text, 1)

const once = (forms: readonly NameToken[]): NameToken[] => [...new Set(forms)].slice(0, MAX_WORDS)

function nameClauses(
  names: readonly NameToken[][],
  side: Side,
  recall: NonNullable<CandidateFilter['recall']>,
): Clause[] {
  const words = once(names.flat())
  if (recall === 'low') return words.map(word => toExactClause(word, side))
  return [
    ...words.map((word, n) => {
      const isWide = n < MAX_WIDE && (recall === 'typed' || !word.particle)
      return isWide ? toSimilarClause(word, side, recall === 'typed') : toExactClause(word, side)
    }),
    ...once(names.flatMap(joinAdjacent).map(({ joined }) => joined)).map(({ text }) =>
      weighByRarity(`${side}.word`, text, JOINED),
    ),
  ]
}

/** All clauses of the criteria; none if these have nothing to search for. */
export function toClauses(
  example: SearchCriteria,
  side: Side,
  recall: NonNullable<CandidateFilter['recall']>,
): Clause[] {
  const { names, others, dob, document } = toQueryKeys(example)
  const anyOf = (field: string, keys: typeof dob): Clause[] =>
    keys.length === 0 ? [] : [greatest(keys.map(({ key, bits }) => weighByBits(field, key, bits)))]
  return [
    ...nameClauses(names, side, recall),
    ...once(others).map(({ text }) => weighByBits(`${side}.other`, text, OTHER_BITS)),
    ...anyOf(`${side}.dob`, dob),
    ...anyOf(`${side}.document`, document),
  ]
}
