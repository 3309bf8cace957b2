/**
 * Normalises text for indexing, searching, exact look-ups and digests: lower-case Latin letters and digits, words separated by one space.
 */
import { type HanReading, type Script, toScript, transliterate } from './transliterate.ts'

const INVISIBLE = /\p{Cf}|\p{Cc}|\u034F|[\u115F\u1160\u3164]|\p{Variation_Selector}/gu
const APOSTROPHES = /['’‘‛ʼʻʽʹ`´′՚׳״＇]/gu
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/u
const ASCII = /^[\x20-\x7e]*$/

/** Titles and degrees. They are not part of a name, unless there is nothing else. */
const TITLES: ReadonlySet<string> = new Set(
  `mr mrs ms miss mx mister dr prof professor sir herr frau hr fr monsieur madame mme mlle senor senora senorita sr sra
  srta signor signora sig dott dottor ing dipl mag ir drs messrs`.split(/\s+/),
)

/** Cyrillic and Greek letters that look like Latin ones. In a word that also has Latin letters, they are read as these. */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  [
    ...'аaеeоoрpсcхxуyіiѕsјjһhкkмmтtнhвbԁdԛqԝwАAВBЕEКKМMНHОOРPСCТTХXУYІIЅSЈJαaοoνvρpιiκkτtυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX',
  ].flatMap((letter, i, all) => (i % 2 === 0 ? [[letter, all[i + 1] ?? letter] as const] : [])),
)

/** Reads look-alikes of other alphabets in a Latin word, or a number, as Latin letters (Unicode TS 39, mixed scripts). */
function foldConfusables(word: string): string {
  if (/\d/.test(word)) return foldNumberLetters(word)
  if (!/[A-Za-z]/.test(word) || !/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) return word
  return [...word].map(letter => LOOKS_LIKE.get(letter) ?? letter).join('')
}

/**
 * Reads the Cyrillic and Greek letters of a number as the Latin ones that they look like, because numbers are copied by sight. In capitals,
 * as numbers are printed.
 */
export function foldNumberLetters(number: string): string {
  if (ASCII.test(number)) return number
  return [...number.normalize('NFKC').toUpperCase()].map(letter => LOOKS_LIKE.get(letter) ?? letter).join('')
}

/** A normalised word and its script. */
export interface Word {
  text: string
  script: Script
  /** How it was read, if it is in Han signs. */
  han: HanReading | null
}

function asciiWords(text: string): Word[] {
  const matches =
    text
      .replace(/['`]/g, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  return matches.map(word => ({ text: word, script: 'latin', han: null }))
}

function anyWords(text: string): Word[] {
  const result: Word[] = []
  for (const raw of text.normalize('NFKC').replace(INVISIBLE, '').replace(APOSTROPHES, '').split(BETWEEN_WORDS)) {
    if (raw === '') continue
    const script = toScript(raw)
    for (const { text, han } of transliterate(foldConfusables(raw))) {
      const ascii = text.replace(/['`"]/g, '').toLowerCase()
      for (const word of ascii.split(/[^a-z0-9]+/)) if (word !== '') result.push({ text: word, script, han })
    }
  }
  return result
}

/** All words of a text in order, including titles. */
export function tokenize(text: string): Word[] {
  return ASCII.test(text) ? asciiWords(text) : anyWords(text)
}

/** The normalised words of a text in order, with their scripts. */
export function readWords(text: string): Word[] {
  const all = tokenize(text)
  const named = all.filter(word => !TITLES.has(word.text))
  return named.length > 0 ? named : all
}

/** The titles beside a name in a text, and the text without them; no titles if there is nothing else. */
export function takeTitles(text: string): { titles: string; rest: string } {
  const all = text.split(/\s+/u)
  const isTitle = (word: string) => {
    const [token, ...others] = tokenize(word)
    return token !== undefined && others.length === 0 && TITLES.has(token.text)
  }
  const titles = all.filter(isTitle)
  if (titles.length === all.length) return { titles: '', rest: text }
  return { titles: titles.join(' '), rest: all.filter(word => !isTitle(word)).join(' ') }
}

/** The normalised words of a text in order. */
export function words(text: string): string[] {
  return readWords(text).map(word => word.text)
}

/** The normalised text: NFKC, Latin letters, without case, accents, punctuation, invisible characters or titles. Idempotent. */
export function normalise(text: string): string {
  return words(text).join(' ')
}
