/** What was compared in two names and what it weighs, for people to read. */
import type { Reason } from '#contract/schemas/search.ts'
import type { NameEvidence, NamePart } from './name.ts'

const texts = (at: readonly number[], parts: readonly NamePart[]) => at.map(i => parts[i]?.form.text ?? '').join(' ')
const round = (value: number) => Math.round(value * 100) / 100

/** A reason for each pairing of words, and one for the words that contradict each other. */
export function nameReasons(name: NameEvidence, query: readonly NamePart[], person: readonly NamePart[]): Reason[] {
  const reasons = name.pairings.map(pairing => ({
    field: 'name',
    query: texts(pairing.query, query),
    customer: texts(pairing.person, person),
    comparison: pairing.comparison,
    similarity: round(pairing.similarity),
    weight: round(pairing.bits),
  }))
  if (name.conflict === 0) return reasons
  const [ours, theirs] = name.unpaired
  return [
    ...reasons,
    {
      field: 'name',
      query: ours.join(' '),
      customer: theirs.join(' '),
      comparison: 'different',
      similarity: 0,
      weight: round(-name.conflict),
    },
  ]
}
