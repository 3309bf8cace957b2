/** Any script in Latin letters: any-ascii letter by letter, after the few rules that need to see more than one letter. */
import anyAscii from 'any-ascii'
import { japanese } from './japanese.ts'

const HAN = /^\p{Script=Han}+$/u
const HANGUL = /^\p{Script=Hangul}+$/u
const ARABIC = /\p{Script=Arabic}/u
const HEBREW = /\p{Script=Hebrew}/u
const THAI = /\p{Script=Thai}/u
const INDIC = /[\u0900-\u0DFF]/u

const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/u

/** Scripts that write few vowels or none, so that a word of theirs says little about vowels. */
const CONSONANTAL =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** Carriers of a vowel, which any-ascii leaves out or writes as a mark. */
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

/** Arabic and Persian: alef is a vowel, ain is one at the start of a word. */
function arabic(word: string): string {
  let out = ''
  for (const letter of word) {
    if (letter === 'ع') out += out === '' ? 'a' : ''
    else out += ARABIC_LETTERS.get(letter) ?? letter
  }
  return out
}

/** Hebrew: alef is a vowel, ain is one at the start of a word; there kaf is hard. */
function hebrew(word: string): string {
  return word.replace(/^[אע]/u, 'a').replace(/^כ/u, 'q').replaceAll('א', 'a').replaceAll('ע', '')
}

/** Thai writes some vowels before the consonant after which they are spoken. */
function thai(word: string): string {
  return word.replace(/([เแโใไ])(\p{L})/gu, '$2$1')
}

/** Place of a letter in its Indic block: the blocks of Unicode from Devanagari to Malayalam share one layout. */
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

/** A Han or Hangul name written in one piece: the family name is the first sign of three, the first two of four. */
function pieces(word: string): string[] {
  const signs = [...word]
  const family = signs.length === 3 ? 1 : signs.length === 4 ? 2 : 0
  return family === 0 ? [word] : [signs.slice(0, family).join(''), signs.slice(family).join('')]
}

/** Latin; another script that writes vowels; one that leaves most of them out. */
export type Script = 'latin' | 'voiced' | 'consonantal'

/** The kind of script of a word. */
export function toScript(word: string): Script {
  if (CONSONANTAL.test(word)) return 'consonantal'
  return NOT_LATIN.test(word) ? 'voiced' : 'latin'
}

/** The word (letters, marks and digits alone) in ASCII; a name of several parts written as one comes out with spaces. */
export function transliterate(word: string): string {
  if (HAN.test(word))
    return (
      japanese(word) ??
      pieces(word)
        .map(piece => japanese(piece) ?? anyAscii(piece))
        .join(' ')
    )
  if (HANGUL.test(word)) return pieces(word).map(anyAscii).join(' ')
  if (ARABIC.test(word)) return anyAscii(arabic(word))
  if (HEBREW.test(word)) return anyAscii(hebrew(word))
  if (THAI.test(word)) return anyAscii(thai(word))
  if (INDIC.test(word)) return anyAscii(indic(word))
  return anyAscii(word)
}
