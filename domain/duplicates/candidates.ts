import type { Field } from '#contract/schemas/field.ts'
import type { Match, Person, SearchCriteria } from '#contract/schemas/search.ts'
import { resolveSurvivors } from '../customers/merges.ts'
import { toMatchablePerson } from '../customers/view.ts'
import { DEFAULT_THRESHOLD, PROBABLE } from '../matching/calibration.ts'
import { createScorer } from '../matching/match.ts'
import type { TokenCounts } from '../matching/port.ts'
import { rankByScore } from '../matching/rank.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import type { CandidateFilter, CandidateIndex } from '../search/port.ts'
import { decisionId, isConfirmedDistinct, toPair } from './decision.ts'
import { recentScorer } from './recent-scores.ts'

/** How many others each customer is compared with. */
const CANDIDATES = 25

export const exampleFrom = ({ type: _, ...person }: Person): SearchCriteria => ({ text: null, ...person })

/**
 * The similarity of two customers. Neither is the query, so the better of both directions counts. The reasons have the values of `a` in
 * `query` and those of `b` in `customer` in either case.
 */
export function compare(a: Person, b: Person, tokens: TokenCounts): Match {
  const [forward, backward] = [
    createScorer(exampleFrom(a), tokens).match(b),
    createScorer(exampleFrom(b), tokens).match(a),
  ]
  if (forward.score >= backward.score) return forward
  const reasons = backward.reasons.map(reason => ({ ...reason, query: reason.customer, customer: reason.query }))
  return { ...backward, reasons }
}

/** A customer who is probably the same as the given one. */
export interface DuplicateCandidate {
  row: CurrentRecord
  match: Match
}

type LikelyPorts = { records: RecordStore; index: CandidateIndex }

/** Rows of customers by id. */
const byId = (rows: readonly CurrentRecord[]) => new Map(rows.map(row => [row.id, row]))

/**
 * For each customer, the others who are probably the same, likeliest first, in their current state. A merged customer counts as its
 * survivor. Pairs confirmed as distinct are left out.
 *
 * @throws Unavailable
 */
export async function likelyDuplicates(
  { records, index }: LikelyPorts,
  fields: ReadonlyMap<string, Field>,
  subjects: readonly CurrentRecord[],
  reach: NonNullable<CandidateFilter['recall']>,
): Promise<DuplicateCandidate[][]> {
  if (subjects.length === 0) return []
  const persons = subjects.map(({ snapshot }) => toMatchablePerson(snapshot, fields))
  const examples = persons.map(exampleFrom)
  const [tokens, candidates] = await Promise.all([
    index.tokens(),
    index.candidates(examples, CANDIDATES, { recall: reach }),
  ])
  const close = examples.map((example, n) =>
    rankByScore(recentScorer(example, tokens), candidates[n] ?? [], DEFAULT_THRESHOLD)
      .map(({ candidate }) => candidate.id)
      .filter(id => id !== subjects[n]?.id),
  )
  if (close.every(ids => ids.length === 0)) return close.map(() => [])
  const rows = byId(await records.currents('customer', close.flat(), false))
  const living = await resolveSurvivors(records, [...rows.values(), ...subjects])
  const duplicates = subjects.map((subject, n) => {
    const survivorId = living.get(subject.id)?.id
    const person = persons[n]
    const best = new Map<string, DuplicateCandidate>()
    for (const id of close[n] ?? []) {
      const [candidate, row] = [rows.get(id), living.get(id)]
      if (!person || !candidate || !row || row.id === survivorId || row.id === subject.id) continue
      const match = compare(person, toMatchablePerson(candidate.snapshot, fields), tokens)
      if (match.score >= PROBABLE && match.score > (best.get(row.id)?.match.score ?? 0))
        best.set(row.id, { row, match })
    }
    return [...best.values()].sort((a, b) => b.match.score - a.match.score)
  })
  return withoutDecided(
    records,
    subjects.map(subject => living.get(subject.id) ?? subject),
    duplicates,
  )
}

/** Leaves out pairs that were confirmed as distinct. */
async function withoutDecided(
  records: LikelyPorts['records'],
  subjects: readonly CurrentRecord[],
  candidates: readonly DuplicateCandidate[][],
): Promise<DuplicateCandidate[][]> {
  const idOf = (subject: CurrentRecord, { row }: DuplicateCandidate) => decisionId(toPair(subject.id, row.id))
  const ids = subjects.flatMap((subject, n) => (candidates[n] ?? []).map(likely => idOf(subject, likely)))
  const decisions = byId(ids.length > 0 ? await records.currents('decision', ids, false) : [])
  return subjects.map((subject, n) =>
    (candidates[n] ?? []).filter(likely => {
      const [a, b] = subject.id < likely.row.id ? [subject, likely.row] : [likely.row, subject]
      return !isConfirmedDistinct(decisions.get(idOf(subject, likely)), a, b)
    }),
  )
}
