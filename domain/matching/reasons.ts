/** Explains a comparison of two names for people to read: what was compared, and its weight. */
import type { Reason } from '#contract/schemas/search.ts'
import type { FullName } from './full-name.ts'
import type { NameEvidence } from './name.ts'

/** Rounds to two decimals. */
export const round = (value: number): number => Math.round(value * 100) / 100

const toText = (places: readonly number[], name: FullName) => places.map(i => name.parts[i]?.form.text ?? '').join(' ')

/** A reason for each pairing of words, and one for the conflicting words. */
export function nameReasons(found: NameEvidence, query: FullName, person: FullName): Reason[] {
  const agreeing = found.pairings.map(pairing => ({
    field: 'name',
    query: toText(pairing.query, query),
    customer: toText(pairing.person, person),
    comparison: pairing.comparison,
    similarity: round(pairing.similarity),
    weight: round(pairing.bits),
  }))
  if (found.conflict === 0) return agreeing
  const [ours, theirs] = found.unpaired
  const different = {
    field: 'name',
    query: toText(ours, query),
    customer: toText(theirs, person),
    comparison: 'different',
  }
  return [...agreeing, { ...different, similarity: 0, weight: round(-found.conflict) }]
}
