/** Compares two names: their words are aligned one to one in any order, and weighted by their rarity. */

import { align, type Pairing, toUnpaired, type Weighed } from './align.ts'
import { type Agreement, compareTypedWord, compareWords } from './compare-token.ts'
import type { FullName, NameField, NamePart } from './full-name.ts'
import type { NameToken } from './name-token.ts'
import type { TokenCounts } from './port.ts'
import { INITIAL_BITS, partWeight } from './token-weight.ts'
import { isChance, isReadOtherwise, pairUnread } from './unread-signs.ts'

export interface NameEvidence {
  /** The sum of log2(m/u) over everything that was compared. */
  bits: number
  /** The part of it that agreeing words contribute. */
  gained: number
  /** The maximum that this query could have contributed. */
  attainable: number
  pairings: Pairing[]
  /** Bits subtracted for words of both names without a counterpart. */
  conflict: number
  /** The evidence and its maximum if words of the query may be unfinished or superfluous; null if they may not. */
  typed: { bits: number; attainable: number } | null
  /** The indexes of the words of query and customer without a counterpart. */
  unpaired: [number[], number[]]
  /** Whether the query states another given name than the customer's. */
  isOtherGivenName: boolean
}

/** Bits subtracted for a word of each name if the two do not agree. */
const CONFLICT = 2.3
/** The share of a misspelt word's apparent rarity that does not count against the customer. */
const MISSPELT_SHARE = 0.5
/** How much more a conflict counts for each further word of a long name, because relatives share most of its words. */
const LONG = 0.8
/** Bits subtracted for a word that only one name has. */
const MISSING = 1
/** The same for a word of the customer if the query may be unfinished. */
const MISSING_TYPED = 0.1
/** The share of a conflict that counts then, and its maximum, so that several superfluous words do not hide the right one. */
const CONFLICT_TYPED = 0.5
const MAX_CONFLICT_TYPED = 2
/** The maximum bits that a superfluous word of such a query could have contributed. */
const SUPERFLUOUS = 6
/** The share of a word's conflict or absence that a particle counts. */
const PARTICLE = 0.2
/** Bits subtracted if surname and given name are exchanged. */
const SWAPPED = 3
/** Bits subtracted if further words beside a name were left out. */
const SHORTENED = 1
/** The factor for conflicting surnames, which weigh more: surnames are confused less often than given names. */
const SURNAME = 1.2
const GIVEN_NAME = 0.8

/** The share of an exact agreement's bits, by the similarity of two words: log2(m/u) of spelling errors. */
const WEIGHT_SHARES: readonly (readonly [number, number])[] = [
  [0.6, -0.1],
  [0.65, 0.05],
  [0.7, 0.3],
  [0.75, 0.45],
  [0.8, 0.54],
  [0.85, 0.62],
  [0.9, 0.74],
  [0.95, 0.86],
  [1, 0.93],
]

function toWeightShare(similarity: number): number {
  let [lowAt, low] = [0, -0.1]
  for (const [at, share] of WEIGHT_SHARES) {
    if (similarity <= at) return low + ((share - low) * (similarity - lowAt)) / (at - lowAt)
    ;[lowAt, low] = [at, share]
  }
  return low
}

/** The bits of a pairing of words. */
function gained({ query, person, comparison, weight, similarity }: Pairing): number {
  if (comparison === 'exact') return weight
  if (comparison === 'initial') return Math.min(INITIAL_BITS * Math.max(query.length, person.length), weight)
  return weight * toWeightShare(similarity)
}

/** How much rarer a misspelt word of the query seems than the customer's word: an error makes a common name look rare. */
function excess({ query: [i = 0], comparison, weight }: Pairing, weights: readonly number[]): number {
  const misspelt = comparison !== 'exact' && comparison !== 'initial' && comparison !== 'joined'
  return misspelt ? Math.max(0, (weights[i] ?? 0) - weight) : 0
}

/** How much more two words weigh than the joined word of the query, which has no rarity of its own. */
function joinedExcess({ query, comparison, weight }: Pairing, weights: readonly number[]): number {
  return comparison === 'joined' ? Math.max(0, weight - sum(query.map(i => weights[i] ?? 0))) : 0
}

/** What is known of a customer's word: its weight, and its agreement with each word of the query. */
interface Seen {
  weight: number
  agreements: Agreement[]
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

function isSwapped(a: NameField | undefined, b: NameField | undefined): boolean {
  return (a === 'surname' && b === 'given_name') || (a === 'given_name' && b === 'surname')
}

/** Whether none of the given names agrees with anything, although the query has other words that may be given names. */
function isOtherGivenName(query: FullName, person: FullName, [ofQuery, ofPerson]: NameEvidence['unpaired']): boolean {
  const isGiven = (part: NamePart | undefined) => part?.field === 'given_name' && !part.isMinor
  let given = 0
  for (const part of person.parts) if (isGiven(part)) given++
  if (given === 0) return false
  for (const i of ofPerson) if (isGiven(person.parts[i])) given--
  return given === 0 && ofQuery.some(i => query.parts[i]?.field !== 'surname' && !query.parts[i]?.isMinor)
}

/** The weight of words without a counterpart. A disagreement weighs the same for all names (Fellegi and Sunter). */
function toWeight({ parts }: FullName, places: readonly number[]): number {
  let total = 0
  for (const i of places) {
    const part = parts[i]
    const factor = part?.field === 'surname' ? SURNAME : part?.field === 'given_name' ? GIVEN_NAME : 1
    total += part?.isMinor === true ? PARTICLE : factor
  }
  return total
}

/** What the query could have contributed at most, if its agreeing words are no rarer than the customer's. */
function toTypedAttainable(
  weights: readonly number[],
  pairings: readonly Pairing[],
  unpaired: readonly number[],
): number {
  const paired = sum(pairings.map(({ weight }) => weight))
  return paired + sum(unpaired.map(i => Math.min(SUPERFLUOUS, weights[i] ?? 0)))
}

/**
 * Prepares a name for comparison with many others. Words that only one of two names has count as missing. Words that both have and that do
 * not agree count as conflicts.
 *
 * @param isTyped whether somebody is still typing the name, so that its words may be unfinished.
 */
export function prepareName(name: FullName, tokens: TokenCounts, isTyped: boolean): (person: FullName) => NameEvidence {
  const query: Weighed = { name, weights: name.parts.map(part => partWeight(part, tokens)) }
  const maxBits = sum(query.weights)
  const compare = isTyped ? compareTypedWord : compareWords
  const seenWords = new Map<NameToken, Seen>()
  const seenMinorWords = new Map<NameToken, Seen>()
  const seenShortSurnames = new Map<NameToken, Seen>()

  function see(part: NamePart): Seen {
    const { form } = part
    const seen = part.isShortSurname ? seenShortSurnames : part.isMinor ? seenMinorWords : seenWords
    const cached = seen.get(form)
    if (cached !== undefined) return cached
    const now = { weight: partWeight(part, tokens), agreements: name.parts.map(own => compare(own.form, form)) }
    seen.set(form, now)
    return now
  }

  return person => {
    const weights: number[] = []
    const agreements: (readonly Agreement[])[] = []
    for (const part of person.parts) {
      const seen = see(part)
      weights.push(seen.weight)
      agreements.push(seen.agreements)
    }
    const aligned = align(query, { name: person, weights }, agreements)
    const mayBeUnread = name.hasSigns || person.hasSigns
    const isOfOtherReading =
      mayBeUnread && (isReadOtherwise(name, aligned, 'query') || isReadOtherwise(person, aligned, 'person'))
    const pairings = isOfOtherReading ? aligned.filter(pairing => !isChance(pairing, name, person)) : aligned
    let gain = 0
    let [attainable, joined] = [maxBits, 0]
    let swapped = false
    for (const pairing of pairings) {
      pairing.bits = gained(pairing)
      gain += pairing.bits
      attainable -= MISSPELT_SHARE * excess(pairing, query.weights)
      joined += joinedExcess(pairing, query.weights)
      swapped ||= isSwapped(name.parts[pairing.query[0] ?? 0]?.field, person.parts[pairing.person[0] ?? 0]?.field)
    }
    let unpaired: NameEvidence['unpaired'] = [
      toUnpaired(name, pairings, 'query'),
      toUnpaired(person, pairings, 'person'),
    ]
    const isOther = isOtherGivenName(name, person, unpaired)
    let unread = 0
    if (isOfOtherReading) {
      const pairs = [...pairUnread(person, name, pairings, 'person'), ...pairUnread(name, person, pairings, 'query')]
      unread = pairs.length
      for (const i of pairs.flatMap(pairing => pairing.query)) attainable -= query.weights[i] ?? 0
      pairings.push(...pairs)
      unpaired = [toUnpaired(name, pairings, 'query'), toUnpaired(person, pairings, 'person')]
    }
    const [missingInPerson, missingInQuery] = [toWeight(name, unpaired[0]), toWeight(person, unpaired[1])]
    const size = Math.min(name.size, person.size)
    const conflict = CONFLICT * Math.min(missingInPerson, missingInQuery) * Math.max(1, LONG * size)
    const shortened = name.isShortened || person.isShortened ? SHORTENED : 0
    const penalty =
      conflict +
      MISSING * Math.abs(missingInPerson - missingInQuery) +
      (swapped ? SWAPPED : 0) +
      MISSING * unread +
      shortened
    return {
      bits: gain - penalty,
      gained: gain,
      // A conflict already counts against the customer.
      attainable: conflict > 0 ? attainable : attainable + joined,
      pairings,
      conflict,
      typed: isTyped
        ? {
            bits:
              gain -
              Math.min(MAX_CONFLICT_TYPED, CONFLICT_TYPED * conflict) -
              MISSING_TYPED * Math.max(0, missingInQuery - missingInPerson) -
              shortened,
            attainable: toTypedAttainable(query.weights, pairings, unpaired[0]),
          }
        : null,
      unpaired,
      isOtherGivenName: isOther,
    }
  }
}
