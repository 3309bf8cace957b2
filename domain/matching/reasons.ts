/** Explains a comparison of two names for people to read: what was compared, and its weight. */
import type { Reason } from '#contract/schemas/search.ts'
import type { FullName } from './full-name.ts'
import type { NameEvidence } from './name.ts'

/** Rounds to two decimals. */
export const round = (value: number): number => Math.round(value * 100) / 100

const toText = (places: readonly number[], name: FullName) => places.map(i => name.parts[i]?.form.text ?? '').join(' ')

/** A reason for each pairing of words, and one for the conflicting words. */
export function nameReasons(evidence: NameEvidence, query: FullName, person: FullName): Reason[] {
  const agreeing = evidence.pairings.map(pairing => ({
    field: 'name',
    query: toText(pairing.query, query),
    customer: toText(pairing.person, person),
    comparison: pairing.comparison,
    similarity: round(pairing.similarity),
    weight: round(pairing.bits),
  }))
  if (evidence.conflict === 0) return agreeing
  const [queryIndexes, personIndexes] = evidence.unpaired
  const different = {
    field: 'name',
    query: toText(queryIndexes, query),
    customer: toText(personIndexes, person),
    comparison: 'different',
  }
  return [...agreeing, { ...different, similarity: 0, weight: round(-evidence.conflict) }]
}
