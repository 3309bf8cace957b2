/** The evidence in two names: words aligned one to one in any order, each weighted by its rarity. */

import { align, type Pairing, type Weighed } from './align.ts'
import { type Agreement, compareWords } from './compare-token.ts'
import type { FullName, NameField } from './full-name.ts'
import type { NameToken } from './name-token.ts'
import type { TokenCounts } from './port.ts'
import { rarity } from './token-weight.ts'

export interface NameEvidence {
  /** log2(m/u) of all that was compared. */
  bits: number
  /** Of these, what the words that agree bring. */
  gained: number
  /** What this query could have brought at most. */
  attainable: number
  pairings: Pairing[]
  /** Bits taken for words of both names that have no counterpart. */
  conflict: number
  /** Places of the words of the query and of the customer that have no counterpart. */
  unpaired: [number[], number[]]
}

/** Bits taken for a word of each name when the two do not agree. */
const CONFLICT = 2.3
/** Share of a misspelt word's seeming rarity that is not held against the customer. */
const MISSPELT = 0.5
/** Relatives share most words of a long name: what a conflict counts more for each word there. */
const LONG = 0.8
/** Bits taken for a word that only one name has. */
const MISSING = 1
/** What a particle is of a word, in these two. */
const PARTICLE = 0.2
/** Bits of an initial that agrees. */
const INITIAL = 2.5
/** Bits taken when surname and given name stand in each other's place. */
const SWAPPED = 3
/** Family names change less than given names are mistaken for others: a surname that is contradicted weighs more. */
const SURNAME = 1.2
const GIVEN_NAME = 0.8

/** Similarity of two words against the share of an exact agreement's bits that it is worth: log2(m/u) of spelling errors. */
const WORTH: readonly (readonly [number, number])[] = [
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

function worth(similarity: number): number {
  let [lowAt, low] = [0, -0.1]
  for (const [at, share] of WORTH) {
    if (similarity <= at) return low + ((share - low) * (similarity - lowAt)) / (at - lowAt)
    ;[lowAt, low] = [at, share]
  }
  return low
}

/** Bits by which words agree. */
function gained({ query, person, comparison, weight, similarity }: Pairing): number {
  if (comparison === 'exact') return weight
  if (comparison === 'initial') return Math.min(INITIAL * Math.max(query.length, person.length), weight)
  return weight * worth(similarity)
}

/** By how much a word of the query that is not spelt as the customer's seems rarer than that: a slip makes a common name rare. */
function excess({ query: [i = 0], comparison, weight }: Pairing, weights: readonly number[]): number {
  const misspelt = comparison !== 'exact' && comparison !== 'initial' && comparison !== 'joined'
  return misspelt ? Math.max(0, (weights[i] ?? 0) - weight) : 0
}

/** What is known of a word that customers bear: its weight, and how it agrees with each word of the query. */
interface Seen {
  weight: number
  agreements: Agreement[]
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

function isSwapped(a: NameField | undefined, b: NameField | undefined): boolean {
  return (a === 'surname' && b === 'given_name') || (a === 'given_name' && b === 'surname')
}

/** Places of words in no pairing. Details say nothing by being more than was asked. */
function toUnpaired({ parts }: FullName, pairings: readonly Pairing[], side: 'query' | 'person'): number[] {
  let paired = 0
  for (const pairing of pairings) for (const i of pairing[side]) paired |= 1 << i
  const left: number[] = []
  for (let i = 0; i < parts.length; i++) if ((paired & (1 << i)) === 0 && parts[i]?.field !== 'details') left.push(i)
  return left
}

/** What words without a counterpart weigh: a disagreement says the same whichever names disagree (Fellegi and Sunter). */
function toWeight({ parts }: FullName, places: readonly number[]): number {
  let total = 0
  for (const i of places) {
    const part = parts[i]
    const factor = part?.field === 'surname' ? SURNAME : part?.field === 'given_name' ? GIVEN_NAME : 1
    total += part?.form.particle === true ? PARTICLE : factor
  }
  return total
}

/**
 * Makes a name ready to be weighed against many. Words that only one of two names has are missing, not contradicted; words
 * that both have and that do not agree contradict.
 */
export function prepareName(name: FullName, tokens: TokenCounts): (person: FullName) => NameEvidence {
  const query: Weighed = { name, weights: name.parts.map(part => rarity(part.form.text, tokens)) }
  const most = sum(query.weights)
  const seen = new Map<NameToken, Seen>()

  function see(form: NameToken): Seen {
    const known = seen.get(form)
    if (known !== undefined) return known
    const now = { weight: rarity(form.text, tokens), agreements: name.parts.map(part => compareWords(part.form, form)) }
    seen.set(form, now)
    return now
  }

  return person => {
    const words = person.parts.map(part => see(part.form))
    const theirs: Weighed = { name: person, weights: words.map(word => word.weight) }
    const pairings = align(
      query,
      theirs,
      words.map(word => word.agreements),
    )
    let gain = 0
    let attainable = most
    let swapped = false
    for (const pairing of pairings) {
      pairing.bits = gained(pairing)
      gain += pairing.bits
      attainable -= MISSPELT * excess(pairing, query.weights)
      swapped ||= isSwapped(name.parts[pairing.query[0] ?? 0]?.field, person.parts[pairing.person[0] ?? 0]?.field)
    }
    const unpaired: NameEvidence['unpaired'] = [
      toUnpaired(name, pairings, 'query'),
      toUnpaired(person, pairings, 'person'),
    ]
    const [left, right] = [toWeight(name, unpaired[0]), toWeight(person, unpaired[1])]
    const size = Math.min(name.size, person.size)
    const conflict = CONFLICT * Math.min(left, right) * Math.max(1, LONG * size)
    const lost = conflict + MISSING * Math.abs(left - right) + (swapped ? SWAPPED : 0)
    return {
      bits: gain - lost,
      gained: gain,
      attainable,
      pairings,
      conflict,
      unpaired,
    }
  }
}
