/** Converts any script to Latin letters: any-ascii letter by letter, after a few rules that need more context. */
import anyAscii from 'any-ascii'
import { getChineseReadings, isCompoundSurname } from './han-surnames.ts'
import { foldHanVariants } from './han-variants.ts'
import { isJapaneseSurname, japanese } from './japanese.ts'

const HAN = /^\p{Script=Han}+$/u
const HAS_HAN = /\p{Script=Han}/u
/** A name in Han signs and one in kana, written without a space. */
const HAN_BESIDE_KANA =
  /^(?:(\p{Script=Han}+)([\p{Script=Hiragana}\p{Script=Katakana}ー]{2,})|([\p{Script=Hiragana}\p{Script=Katakana}ー]{2,})(\p{Script=Han}+))$/u
const HANGUL = /^\p{Script=Hangul}+$/u
const ARABIC = /\p{Script=Arabic}/u
const HEBREW = /\p{Script=Hebrew}/u
const THAI = /\p{Script=Thai}/u
const INDIC = /[\u0900-\u0DFF]/u

const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/u

/** Scripts that write few vowels or none, so that their words say little about vowels. */
const CONSONANTAL =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** Letters that carry a vowel, which any-ascii omits or writes as a mark. */
const ARABIC_LETTERS: ReadonlyMap<string, string> = new Map([
  ...['ا', 'آ', 'أ', 'ٱ', 'ى', 'ة'].map(letter => [letter, 'a'] as const),
  ['إ', 'i'],
  ['ء', ''],
  ['ئ', 'y'],
  ['ؤ', 'w'],
])

const DEVANAGARI_LETTERS: ReadonlyMap<string, string> = new Map([
  ['श', 'sh'],
  ['ष', 'sh'],
  ['च', 'ch'],
  ['छ', 'chh'],
  ['ऋ', 'ri'],
  ['ृ', 'ri'],
  ['ं', 'n'],
  ['ँ', 'n'],
])

/** Arabic and Persian: alef is a vowel; ain is one at the start of a word. */
function arabic(word: string): string {
  let out = ''
  for (const letter of word) {
    if (letter === 'ع') out += out === '' ? 'a' : ''
    else out += ARABIC_LETTERS.get(letter) ?? letter
  }
  return out
}

/** Hebrew: alef is a vowel; ain is one at the start of a word, where kaf is hard. */
function hebrew(word: string): string {
  return word.replace(/^[אע]/u, 'a').replace(/^כ/u, 'q').replaceAll('א', 'a').replaceAll('ע', '')
}

/** Thai writes some vowels before the consonant that they follow in speech. */
function thai(word: string): string {
  return word.replace(/([เแโใไ])(\p{L})/gu, '$2$1')
}

/** The position of a letter in its Indic block. The Unicode blocks from Devanagari to Malayalam share one layout. */
const place = (letter: string | undefined) => (letter === undefined ? -1 : (letter.codePointAt(0) ?? 0) & 0x7f)
const VIRAMA = 0x4d
const isConsonant = (at: number) => (at >= 0x15 && at <= 0x39) || (at >= 0x58 && at <= 0x5f)
const isVowelSign = (at: number) => at >= 0x3e && at <= VIRAMA

/** Indic scripts: a consonant carries an `a` unless a vowel sign or a virama follows; at the end of a word only after a cluster. */
function indic(word: string): string {
  const letters = [...word].filter(letter => !INDIC.test(letter) || place(letter) !== 0x3c)
  let out = ''
  for (const [i, letter] of letters.entries()) {
    out += DEVANAGARI_LETTERS.get(letter) ?? letter
    const next = letters[i + 1]
    const carries = next === undefined ? i > 1 && place(letters[i - 1]) === VIRAMA : !isVowelSign(place(next))
    if (INDIC.test(letter) && isConsonant(place(letter)) && carries) out += 'a'
  }
  return out
}

/** The number of signs of the surname with which a word begins, if it is a known one of several signs; otherwise 0. */
function getKnownSurnameLength(signs: readonly string[]): number {
  const lengths = [3, 2].filter(length => length < signs.length)
  return (
    lengths.find(length => {
      const beginning = signs.slice(0, length).join('')
      return isCompoundSurname(beginning) || isJapaneseSurname(beginning)
    }) ?? 0
  )
}

/**
 * A Han or Hangul name written as one word. Unless the surname is known, it is the first of three characters, or the first two of four.
 */
function pieces(word: string): string[] {
  const signs = [...word]
  const usual = signs.length === 3 ? 1 : signs.length === 4 ? 2 : 0
  const family = getKnownSurnameLength(signs) || usual
  return family === 0 ? [word] : [signs.slice(0, family).join(''), signs.slice(family).join('')]
}

/** Latin; another script that writes vowels; a script that omits most vowels. */
export type Script = 'latin' | 'voiced' | 'consonantal'

/** The script class of a word. */
export function toScript(word: string): Script {
  if (CONSONANTAL.test(word)) return 'consonantal'
  return NOT_LATIN.test(word) ? 'voiced' : 'latin'
}

/**
 * How Han signs were read: as a `name` that a table has, or sign by sign in Chinese (`signs`), which is a guess if the name is not Chinese.
 */
export type HanReading = 'name' | 'signs'

/** A word in ASCII; `han` is null for other scripts. */
export interface Reading {
  text: string
  han: HanReading | null
}

function readHan(signs: string): Reading {
  const name = japanese(signs)
  if (name !== null) return { text: name, han: 'name' }
  const [surname] = getChineseReadings(signs)
  return { text: surname ?? anyAscii(signs), han: 'signs' }
}

/** A word in Han signs: one name, or surname and given name. */
const readHanWord = (word: string): Reading[] => (japanese(word) === null ? pieces(word) : [word]).map(readHan)

function readOther(word: string): string {
  if (ARABIC.test(word)) return anyAscii(arabic(word))
  if (HEBREW.test(word)) return anyAscii(hebrew(word))
  if (THAI.test(word)) return anyAscii(thai(word))
  if (INDIC.test(word)) return anyAscii(indic(word))
  return anyAscii(word)
}

/** The word (letters, marks and digits only) in ASCII. A name of several parts written as one has several readings, one each. */
export function transliterate(word: string): Reading[] {
  if (HANGUL.test(word)) return pieces(word).map(piece => ({ text: anyAscii(piece), han: null }))
  if (!HAS_HAN.test(word)) return [{ text: readOther(word), han: null }]
  const signs = foldHanVariants(word)
  if (HAN.test(signs)) return readHanWord(signs)
  const parts = HAN_BESIDE_KANA.exec(signs)
    ?.slice(1)
    .filter(part => part !== undefined)
  return parts?.flatMap(transliterate) ?? [{ text: anyAscii(signs), han: null }]
}
