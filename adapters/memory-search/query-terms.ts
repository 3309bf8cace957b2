/** Converts search criteria to weighted terms: words and similar words, parts of the date of birth, and the document number. */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { joinAdjacent, toQueryKeys } from '#domain/matching/blocking/query-keys.ts'
import type { NameToken } from '#domain/matching/name-token.ts'
import type { TokenCounts } from '#domain/matching/port.ts'
import { rarity } from '#domain/matching/token-weight.ts'
import type { CandidateFilter } from '#domain/search/port.ts'
import type { HashedPostings } from './hashed-postings.ts'
import type { Postings } from './postings.ts'
import type { WeightedTerm } from './score-accumulator.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The inverted indexes of a list. */
export interface PostingsSet {
  vocabulary: Vocabulary
  /** By word of a name. */
  names: Postings
  /** By word of a document number or a detail. */
  others: Postings
  /** By blocking key. */
  dobs: Postings
  documents: HashedPostings
}

const DOB_GROUP = 31
const DOCUMENT_GROUP = 30
const MAX_GROUPS = 30
const MIN_SPLIT_LENGTH = 5
const INITIAL_BITS = 2.5

/** The bits of an approximate agreement, similar to the matcher's. */
const toBits = (bits: number, similarity: number) => bits * Math.max(0.05, (similarity - 0.5) / 0.5)

/** Adjacent words joined, if the result occurs or either of them does not: one name may have been written as two. */
const joins = (tokens: readonly NameToken[], vocabulary: Vocabulary): NameToken[] =>
  joinAdjacent(tokens)
    .filter(
      ({ first, second, joined }) =>
        vocabulary.has(joined.text) || !vocabulary.has(first.text) || !vocabulary.has(second.text),
    )
    .map(({ joined }) => joined)

/** Splits a word into two that both occur: two names may have been written as one. */
function splits(word: string, vocabulary: Vocabulary): string[] {
  if (word.length < MIN_SPLIT_LENGTH) return []
  const parts: string[] = []
  for (let at = 2; at <= word.length - 2; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)]
    if (vocabulary.has(left) && vocabulary.has(right)) parts.push(left, right)
  }
  return parts
}

/** The words that an unfinished word may become. A single letter is an initial. */
function toTypedTerms(form: NameToken, group: number, { vocabulary, names }: PostingsSet, tokens: TokenCounts) {
  return vocabulary.unfinished(form).map(({ text, similarity }): WeightedTerm => {
    const bits = form.text.length === 1 ? INITIAL_BITS : toBits(rarity(text, tokens), similarity)
    return { slots: names.get(text), bits, group }
  })
}

function toSimilarWordTerms(
  form: NameToken,
  group: number,
  postings: PostingsSet,
  tokens: TokenCounts,
): WeightedTerm[] {
  const terms: WeightedTerm[] = postings.vocabulary.similar(form).map(({ text, similarity }) => ({
    slots: postings.names.get(text),
    bits: toBits(rarity(text, tokens), similarity),
    group,
  }))
  for (const part of splits(form.text, postings.vocabulary)) {
    terms.push({ slots: postings.names.get(part), bits: toBits(rarity(part, tokens), 0.8), group })
  }
  return terms
}

const toExactWordTerm = (
  { text }: NameToken,
  group: number,
  { names }: PostingsSet,
  tokens: TokenCounts,
): WeightedTerm[] => [{ slots: names.get(text), bits: rarity(text, tokens), group }]

/** All terms of the criteria. */
export function toQueryTerms(
  example: SearchCriteria,
  postings: PostingsSet,
  tokens: TokenCounts,
  recall: NonNullable<CandidateFilter['recall']>,
): WeightedTerm[] {
  const { names, others, dob, document } = toQueryKeys(example)
  const joined = recall !== 'low' ? names.flatMap(forms => joins(forms, postings.vocabulary)) : []
  const words = [...names.flat(), ...joined].slice(0, MAX_GROUPS)
  const ofWord = recall === 'low' ? toExactWordTerm : toSimilarWordTerms
  const terms = words.flatMap((form, group) => ofWord(form, group, postings, tokens))
  if (recall === 'typed') terms.push(...words.flatMap((form, group) => toTypedTerms(form, group, postings, tokens)))
  for (const [i, form] of others.slice(0, MAX_GROUPS).entries())
    terms.push({ slots: postings.others.get(form.text), bits: 6, group: MAX_GROUPS - 1 - i })
  for (const { key, bits } of dob) terms.push({ slots: postings.dobs.get(key), bits, group: DOB_GROUP })
  for (const { key, bits } of document) terms.push({ slots: postings.documents.get(key), bits, group: DOCUMENT_GROUP })
  return terms.filter(term => term.slots.length > 0)
}
