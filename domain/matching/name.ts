/** The evidence in two names: words aligned one to one in any order, each weighted by its rarity. */
import type { TokenCounts } from '#domain/ports.ts'
import { align, type Pairing } from './align.ts'
import type { Form } from './form.ts'
import { rarity } from './rarity.ts'

export type NameField = 'surname' | 'given_name' | 'text' | 'details'

/** A word of a name and the field in which it stands. */
export interface NamePart {
  form: Form
  field: NameField
}

export interface NameEvidence {
  /** log2(m/u) of all that was compared. */
  bits: number
  /** What the lesser of both names could have brought at most. */
  attainable: number
  pairings: Pairing[]
  /** Bits taken for words of both names that have no counterpart. */
  conflict: number
  /** Words of the one and of the other name without a counterpart. */
  unpaired: [string[], string[]]
}

/** An initial says as much, when it is contradicted, as a name would. */
const INITIAL_CONFLICT = 7
const CONFLICT = 0.35
const MISSING = 0.05
const SWAPPED = 1.5
const FULLNESS = 0.8

/** Similarity of two words against the share of an exact agreement's bits that it is worth: log2(m/u) of spelling errors. */
const WORTH: readonly (readonly [number, number])[] = [
  [0.6, -0.15],
  [0.65, 0],
  [0.7, 0.25],
  [0.75, 0.4],
  [0.8, 0.52],
  [0.9, 0.65],
  [1, 0.9],
]

function worth(similarity: number): number {
  let [lowAt, low] = [0, -0.15]
  for (const [at, share] of WORTH) {
    if (similarity <= at) return low + ((share - low) * (similarity - lowAt)) / (at - lowAt)
    ;[lowAt, low] = [at, share]
  }
  return low
}

/** Bits by which words agree. */
function gained({ comparison, weight, similarity }: Pairing): number {
  if (comparison === 'exact') return weight
  if (comparison === 'initial') return Math.min(2.5, weight)
  return weight * worth(similarity)
}

/**
 * Weighs one name against another. Words that only one of them has are missing, not contradicted; words that both have
 * and that do not agree contradict.
 */
export function weighNames(query: readonly NamePart[], person: readonly NamePart[], tokens: TokenCounts): NameEvidence {
  const weights = query.map(part => rarity(part.form.text, tokens))
  const others = person.map(part => rarity(part.form.text, tokens))
  const pairings = align(query, person, weights, others)
  let bits = 0
  let swapped = false
  const usedQuery = new Uint8Array(query.length)
  const usedPerson = new Uint8Array(person.length)
  for (const pairing of pairings) {
    pairing.bits = gained(pairing)
    bits += pairing.bits
    for (const i of pairing.query) usedQuery[i] = 1
    for (const j of pairing.person) usedPerson[j] = 1
    swapped ||= isSwapped(query[pairing.query[0] ?? 0]?.field, person[pairing.person[0] ?? 0]?.field)
  }
  const left = weightOfUnpaired(query, weights, usedQuery)
  const right = weightOfUnpaired(person, others, usedPerson)
  const conflict = CONFLICT * Math.min(left, right)
  bits -= conflict + MISSING * Math.abs(left - right) + (swapped ? SWAPPED : 0)
  return {
    bits,
    attainable: Math.max(Math.min(total(weights), total(others)), FULLNESS * total(weights)),
    pairings,
    conflict,
    unpaired: [
      query.filter((_, i) => usedQuery[i] === 0).map(textOf),
      person.filter((_, j) => usedPerson[j] === 0).map(textOf),
    ],
  }
}

const textOf = (part: NamePart) => part.form.text
const total = (weights: readonly number[]) => weights.reduce((sum, weight) => sum + weight, 0)

function isSwapped(a: NameField | undefined, b: NameField | undefined): boolean {
  return (a === 'surname' && b === 'given_name') || (a === 'given_name' && b === 'surname')
}

function weightOfUnpaired(parts: readonly NamePart[], weights: readonly number[], used: Uint8Array): number {
  let sum = 0
  for (const [i, part] of parts.entries()) {
    if (used[i] === 1 || part.field === 'details') continue
    sum += part.form.text.length === 1 ? INITIAL_CONFLICT : (weights[i] ?? 0)
  }
  return sum
}
