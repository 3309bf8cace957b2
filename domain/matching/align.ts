/**
 * Which word of one name stands for which of the other. Best pairs first (a greedy assignment: names are short, and a
 * word rarely resembles two), then words that were run together or pulled apart.
 */
import { type Form, formOf } from './form.ts'
import { areInitialsOf } from './initials.ts'
import type { NamePart } from './name.ts'
import { type Comparison, compareWords, LEAST_SIMILARITY } from './word.ts'

/** Words of both names that were found to agree. */
export interface Pairing {
  query: number[]
  person: number[]
  similarity: number
  comparison: Comparison
  /** Bits of an exact agreement. */
  weight: number
  /** Bits of this agreement. */
  bits: number
}

/** A word pulled apart or two run together must otherwise be all but the same. */
const LEAST_JOINED = 0.8
const LONGEST_JOIN = 3
const SHORTEST_JOINED = 4

/** A run of words of one name, taken as one word. It may lead round from the last to the first: surname and given name swap. */
interface Run {
  at: number[]
  texts: string[]
  form: Form
  weight: number
}

function runs(parts: readonly NamePart[], weights: readonly number[]): Run[] {
  const found: Run[] = []
  for (let from = 0; from < parts.length; from++) {
    const at: number[] = []
    const texts: string[] = []
    let weight = 0
    for (let size = 1; size <= Math.min(LONGEST_JOIN, parts.length); size++) {
      const i = (from + size - 1) % parts.length
      const form = parts[i]?.form
      if (form === undefined || form.text.length * size > 60) break
      at.push(i)
      texts.push(form.text)
      weight += weights[i] ?? 0
      if (size > 1)
        found.push({ at: [...at], texts: [...texts], form: formOf(texts.join(''), form.consonantal), weight })
    }
  }
  return found
}

/** How a single word agrees with a run of words, if it is that run written as one word, or its initials. */
function compareRun(single: Form, run: Run): Pick<Pairing, 'similarity' | 'comparison'> | null {
  if (single.text.length === run.at.length) {
    return areInitialsOf(single.text, run.texts, 0) ? { similarity: 0.7, comparison: 'initial' } : null
  }
  if (single.text.length < SHORTEST_JOINED || Math.abs(run.form.text.length - single.text.length) > 2) return null
  const { similarity } = compareWords(single, run.form)
  return similarity < LEAST_JOINED ? null : { similarity, comparison: 'joined' }
}

/** Pairings of single words of one name with runs of the other. */
function joined(
  singles: readonly NamePart[],
  weights: readonly number[],
  spans: readonly Run[],
  runsOfQuery: boolean,
): Pairing[] {
  return singles.flatMap((single, i) =>
    spans.flatMap(run => {
      const agreement = compareRun(single.form, run)
      if (agreement === null) return []
      const [query, person] = runsOfQuery ? [run.at, [i]] : [[i], run.at]
      return [{ query, person, ...agreement, weight: Math.min(weights[i] ?? 0, run.weight), bits: 0 }]
    }),
  )
}

/** Takes pairings, the weightiest first, whose words are all still free. */
function choose(options: Pairing[], size: [number, number]): Pairing[] {
  options.sort((a, b) => b.similarity * b.weight - a.similarity * a.weight)
  const [query, person] = [new Uint8Array(size[0]), new Uint8Array(size[1])]
  return options.filter(option => {
    if (option.query.some(i => query[i] === 1) || option.person.some(j => person[j] === 1)) return false
    for (const i of option.query) query[i] = 1
    for (const j of option.person) person[j] = 1
    return true
  })
}

/** The pairings by which two names agree best. A word is in one pairing at most. */
export function align(
  query: readonly NamePart[],
  person: readonly NamePart[],
  weights: readonly number[],
  others: readonly number[],
): Pairing[] {
  const options: Pairing[] = []
  let exact = 0
  for (const [i, a] of query.entries()) {
    for (const [j, b] of person.entries()) {
      const { similarity, comparison } = compareWords(a.form, b.form)
      if (similarity < LEAST_SIMILARITY) continue
      if (comparison === 'exact') exact++
      options.push({
        query: [i],
        person: [j],
        similarity,
        comparison,
        weight: Math.min(weights[i] ?? 0, others[j] ?? 0),
        bits: 0,
      })
    }
  }
  if (exact < Math.min(query.length, person.length)) {
    if (person.length > 1) options.push(...joined(query, weights, runs(person, others), false))
    if (query.length > 1) options.push(...joined(person, others, runs(query, weights), true))
  }
  return choose(options, [query.length, person.length])
}
