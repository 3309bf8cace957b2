/** Compares two words of names: the best result of several comparators, each in its own file. */
import { editSimilarity, maxEditSimilarity } from './edit-distance.ts'
import { isInitialOf } from './initials.ts'
import type { NameToken } from './name-token.ts'
import { maxSoundSimilarity, soundSimilarity } from './phonetics.ts'

/** The kinds of agreement, as reasons name them. */
export type Comparison =
  | 'exact'
  | 'spelling'
  | 'sound'
  | 'form of the same name'
  | 'initial'
  | 'beginning'
  | 'inside'
  | 'joined'
  | 'reading unknown'
  | 'different'

export interface Agreement {
  /** 0 to 1; 0 when the words do not agree. */
  similarity: number
  comparison: Comparison
  /** Whether the word of the query is only a part of the other, so that its own rarity says nothing. */
  isUnfinished?: boolean
}

const DIFFERENT: Agreement = { similarity: 0, comparison: 'different' }
const EXACT: Agreement = { similarity: 1, comparison: 'exact' }
/** The similarity of two forms of one name without a common letter; it grows with their similarity in spelling. */
const SAME_NAME = 0.85
/** Spellings of one business word are as good as equal. */
const SAME_WORD: Agreement = { similarity: 1, comparison: 'form of the same name' }
const INITIAL: Agreement = { similarity: 0.6, comparison: 'initial' }
const BEGINNING: Agreement = { similarity: 0.75, comparison: 'beginning' }

/** Words below this similarity are different. */
export const MIN_SIMILARITY = 0.6
/** Spellings this close need no phonetic comparison. */
const CLOSE = 0.9
/** Words of one script this far apart do not sound alike either. */
const FAR = 0.3
/** Words that sound the same are slightly less similar than words that are spelt the same. */
const HEARD = 0.97
/** The minimum length of a beginning that stands for a name. */
const MIN_BEGINNING = 4

/** The minimum lengths of typed text that may be the beginning of a word, or a part within one. */
export const MIN_TYPED_BEGINNING = 2
export const MIN_TYPED_PART = 3
/** The similarity of typed text to the word that it begins; it grows with the share of the word that was typed. */
const TYPED_BEGINNING = 0.87
const TYPED_REST = 0.11
/** The same within a word: below every beginning. */
const TYPED_PART = 0.86

function bitCount(set: number): number {
  let n = set - ((set >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** Transliterations rarely agree letter by letter: raises high similarities, and leaves low ones. */
function carriedOver(similarity: number): number {
  return similarity < 0.8 ? similarity : Math.min(1, similarity + 0.5 * (similarity - 0.8))
}

/** What of a word tells that it cannot agree with another one. */
export type Outline = Pick<NameToken, 'letters' | 'script'>

/** Whether too few letters are shared for any relevant similarity. */
function farApart(a: Outline, b: Outline): boolean {
  const shared = bitCount(a.letters & b.letters)
  return shared * 2 < Math.min(bitCount(a.letters), bitCount(b.letters))
}

/** Whether one of two words was written without vowels. */
const isConsonantal = (a: Outline, b: Outline): boolean =>
  a.script !== b.script && (a.script === 'consonantal' || b.script === 'consonantal')

/** Whether a word differs from every word with this outline. */
export const isUnlike = (word: NameToken, outline: Outline): boolean =>
  word.businessSpellings.length === 0 &&
  word.formGroups.length === 0 &&
  !isConsonantal(word, outline) &&
  farApart(word, outline)

/** The best agreement of two words. Symmetric. */
export function compareWords(a: NameToken, b: NameToken): Agreement {
  if (a.text === b.text) return EXACT
  if (a.businessSpellings.length > 0 && a.businessSpellings.includes(b.text)) return SAME_WORD
  if (a.formGroups.length > 0 && a.formGroups.some(group => b.formGroups.includes(group))) {
    return { similarity: SAME_NAME + 0.1 * editSimilarity(a.text, b.text), comparison: 'form of the same name' }
  }
  if (a.text.length === 1 || b.text.length === 1) return isInitialOf(a.text, b.text) ? INITIAL : DIFFERENT
  const consonantal = isConsonantal(a, b)
  if (!consonantal && farApart(a, b)) return DIFFERENT
  const spelling = editSimilarity(a.text, b.text)
  const [shorter, longer] = [Math.min(a.text.length, b.text.length), Math.max(a.text.length, b.text.length)]
  const listens = spelling <= CLOSE && (spelling >= FAR || a.script !== b.script) && longer <= 3 * shorter
  const relevant = Math.max(spelling, MIN_SIMILARITY) / HEARD
  const sound = !listens ? 0 : HEARD * soundSimilarity(a.sounds, b.sounds, consonantal, relevant)
  const similarity = Math.max(spelling, sound)
  if (similarity >= MIN_SIMILARITY) {
    const comparison = spelling >= sound ? 'spelling' : 'sound'
    return { similarity: a.script === b.script ? similarity : carriedOver(similarity), comparison }
  }
  const [short, long] = a.text.length < b.text.length ? [a.text, b.text] : [b.text, a.text]
  return short.length >= MIN_BEGINNING && long.startsWith(short) ? BEGINNING : DIFFERENT
}

/** Whether two words agree neither as one name nor in all of their sounds, so that they may be two names. */
export const isOnlySimilar = ({ comparison, similarity }: Agreement): boolean =>
  comparison === 'spelling' || (comparison === 'sound' && similarity < HEARD)

/** Reads German ae, oe and ue as the letters without umlaut, as which ä, ö and ü are normalised. */
export const foldUmlauts = (text: string): string => text.replace(/([aou])e(?=.)/g, '$1')

/** The agreement of a word that may be unfinished with a word that begins with it or contains it; null if none does. */
function compareTyped(typed: string, word: string): Agreement | null {
  if (typed.length >= MIN_TYPED_BEGINNING && word.startsWith(typed))
    return {
      similarity: TYPED_BEGINNING + (TYPED_REST * typed.length) / word.length,
      comparison: 'beginning',
      isUnfinished: true,
    }
  return typed.length >= MIN_TYPED_PART && word.includes(typed)
    ? { similarity: TYPED_PART, comparison: 'inside', isUnfinished: true }
    : null
}

/** Whether the lengths of two words alone tell that they agree less, as whole words, than the one agrees with the other as a part of it. */
function isBestAsPart(typed: NameToken, word: NameToken, { similarity }: Agreement): boolean {
  if (typed.script !== word.script || typed.formGroups.length > 0 || typed.businessSpellings.length > 0) return false
  const spelling = maxEditSimilarity(typed.text.length, word.text.length)
  return spelling < similarity && HEARD * maxSoundSimilarity(typed.sounds.length, word.sounds.length) < similarity
}

/** The best agreement of a word that somebody is still typing with a word of a name. Not symmetric. */
export function compareTypedWord(typed: NameToken, word: NameToken): Agreement {
  const asWritten = compareTyped(typed.text, word.text)
  if (asWritten !== null && isBestAsPart(typed, word, asWritten)) return asWritten
  const whole = compareWords(typed, word)
  if (whole.similarity === 1) return whole
  const part = asWritten ?? compareTyped(foldUmlauts(typed.text), foldUmlauts(word.text))
  return part !== null && part.similarity > whole.similarity ? part : whole
}
