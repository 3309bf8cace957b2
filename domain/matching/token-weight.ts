/** The evidence of two people sharing a word of their names. */
import type { NamePart } from './full-name.ts'
import { priorShare } from './name-frequencies.ts'
import { isParticle } from './particles.ts'
import type { TokenCounts } from './port.ts'

/** The weight of the prior, in customers (pseudo-counts of a Dirichlet prior). */
const PRIOR_CUSTOMERS = 1000
const PARTICLE_BITS = 2
/** Bits of an agreeing initial. */
export const INITIAL_BITS = 2.5
const LEGAL_FORM_BITS = 0.5
/** The maximum of a single letter, which is usually an initial. */
const LETTER_BITS = 4
const MIN_BITS = 3
const MAX_BITS = 13

/** Counts for comparisons without a list: only the prior is used. */
export const NO_COUNTS: TokenCounts = { count: () => 0, total: () => 0 }

/**
 * The bits of an exact agreement on the word: −log2 of the share of customers with the word, between 3 and 13. Source: frequency-based
 * agreement weights (Newcombe et al. 1959; Fellegi and Sunter 1969, section 3.3.1).
 */
export function rarity(word: string, tokens: TokenCounts): number {
  // A particle of one letter that agrees is no less evidence than an initial that does.
  if (isParticle(word)) return word.length === 1 ? INITIAL_BITS : PARTICLE_BITS
  const bits = toBits(word, tokens)
  return word.length === 1 ? Math.min(bits, LETTER_BITS) : bits
}

function toBits(word: string, tokens: TokenCounts): number {
  const share = (tokens.count(word) + PRIOR_CUSTOMERS * priorShare(word)) / (tokens.total() + PRIOR_CUSTOMERS)
  return Math.min(MAX_BITS, Math.max(MIN_BITS, -Math.log2(share)))
}

/** The evidence of two names sharing a word of this one. A word that is a whole surname is neither an initial nor a particle. */
export function partWeight({ form, isMinor, isShortSurname }: NamePart, tokens: TokenCounts): number {
  if (isShortSurname) return toBits(form.text, tokens)
  return isMinor && !form.particle ? LEGAL_FORM_BITS : rarity(form.text, tokens)
}
