/** What a name in Han or Hangul signs may say: where the surname ends if both names are in one piece, and how a surname is read. */
import anyAscii from 'any-ascii'
import { getArabicReadings, getWrittenArticles, SPOKEN_ARTICLE } from './arabic-names.ts'
import { withoutFurtherWords } from './further-words.ts'
import { getChineseReadings, getKoreanReadings } from './han-surnames.ts'
import { foldHanVariants } from './han-variants.ts'
import { getThaiReadings } from './thai-names.ts'

/** The names of a person, or those in search criteria. */
interface Names {
  text?: string | null
  surname: string | null
  given_name: string | null
}

/** One reading of names. */
export interface NameReading {
  text: string | null
  surname: string | null
  given_name: string | null
  /** Whether the surname is read in Korean, so that the Chinese reading of the given name says nothing. */
  isKorean: boolean
  /** Whether further words beside the names were left out. */
  isShortened?: boolean
}

const ARABIC = /\p{Script=Arabic}/u
const THAI = /\p{Script=Thai}/u
const SIGNS = /[\p{Script=Han}\p{Script=Hangul}]/u
/** Other names have only the reading by their letters. */
const HAS_READINGS = new RegExp([ARABIC, THAI, SIGNS, SPOKEN_ARTICLE].map(({ source }) => source).join('|'), 'iu')
const IN_ONE_PIECE = /^(?:\p{Script=Han}{2,6}|\p{Script=Hangul}{2,5})$/u
const MAX_SURNAME = 3
const MAX_GIVEN_NAME = 3
const MAX_READINGS = 8
const FIELDS = ['text', 'surname', 'given_name'] as const

/** A text with its signs in their standard form. */
const fold = (text: string): string =>
  foldHanVariants(text.normalize('NFKC').replace(/\p{Variation_Selector}/gu, '')).trim()

/** A name of both surname and given name in one piece, divided at each place where the surname may end; none for other texts. */
function divide(name: string): string[] {
  if (!IN_ONE_PIECE.test(name)) return []
  const signs = [...name]
  const lengths = Array.from({ length: Math.min(MAX_SURNAME, signs.length - 1) }, (_, n) => n + 1)
  return lengths
    .filter(length => signs.length - length <= MAX_GIVEN_NAME)
    .map(length => `${signs.slice(0, length).join('')} ${signs.slice(length).join('')}`)
}

/** The readings with their only name divided, if it is in one piece. */
function divided(names: NameReading): NameReading[] {
  const [field, ...others] = FIELDS.filter(name => names[name] !== null)
  if (field === undefined || others.length > 0) return []
  return divide(names[field] ?? '').map(name => ({ ...names, [field]: name }))
}

/** A text with one of its words replaced by each of the word's readings. */
const replaced = (text: string, getReadings: (word: string) => readonly string[]): string[] => {
  const words = text.split(/\s+/u)
  return words.flatMap((word, n) => getReadings(word).map(reading => words.with(n, reading).join(' ')))
}

/** Other Chinese readings than the usual one of a surname, among them that of its signs. */
function getFurtherReadings(word: string): string[] {
  const [usual, ...further] = getChineseReadings(word)
  return usual === undefined ? [] : [...further, anyAscii(word)]
}

/** The same names with surnames in other readings. */
const readDifferently = (names: NameReading): NameReading[] =>
  FIELDS.flatMap(field => {
    const text = names[field] ?? ''
    const korean = field === 'given_name' ? [] : replaced(text, getKoreanReadings)
    return [
      ...replaced(text, getFurtherReadings).map(name => ({ ...names, [field]: name })),
      ...korean.map(name => ({ ...names, [field]: name, isKorean: true })),
    ]
  })

const isEmpty = (text: string | null | undefined): boolean => text === null || text === undefined || text.trim() === ''

/** One word by itself is no name: the words after it belong to it. */
const MIN_WORDS = 2

/** The names without the further words beside them, if there are any. */
function shortened(names: NameReading): NameReading[] {
  const short = FIELDS.map(field => withoutFurtherWords(names[field] ?? ''))
  if (short.every(name => name === null)) return []
  const [text, surname, given_name] = FIELDS.map((field, n) => short[n] ?? names[field])
  const words = [text, surname, given_name].flatMap(name => name?.match(/[\p{L}\p{M}]{2,}/gu) ?? [])
  if (words.length < MIN_WORDS) return []
  return [{ ...names, text: text ?? null, surname: surname ?? null, given_name: given_name ?? null, isShortened: true }]
}

/** The same names with their words of one script read in other ways, the n-th reading of each field together. */
function readInScript(
  names: NameReading,
  script: RegExp,
  getReadings: (text: string) => readonly string[],
): NameReading[] {
  const ofFields = FIELDS.map(field => {
    const text = names[field] ?? ''
    return script.test(text) ? getReadings(text) : []
  })
  const count = Math.max(...ofFields.map(readings => readings.length))
  return Array.from({ length: count }, (_, n) => {
    const [text = null, surname = null, given_name = null] = FIELDS.map(
      (field, f) => ofFields[f]?.[n] ?? ofFields[f]?.at(-1) ?? names[field],
    )
    return { ...names, text, surname, given_name }
  })
}

/** All readings of names, at most eight, beginning with the names as they are; names in other scripts have no other reading. */
export function readNames({ text = null, surname, given_name }: Names): NameReading[] {
  const asTheyAre = { text, surname, given_name, isKorean: false }
  const short = shortened(asTheyAre)
  if (!HAS_READINGS.test(`${text ?? ''} ${surname ?? ''} ${given_name ?? ''}`)) return [asTheyAre, ...short]
  const fields = FIELDS.filter(field => SIGNS.test(asTheyAre[field] ?? ''))
  const spoken = [asTheyAre, ...short].flatMap(names => [
    ...readInScript(names, ARABIC, getArabicReadings),
    ...readInScript(names, SPOKEN_ARTICLE, getWrittenArticles),
    ...readInScript(names, THAI, getThaiReadings),
  ])
  if (fields.length === 0) return [asTheyAre, ...short, ...spoken].slice(0, MAX_READINGS)
  const folded = { ...asTheyAre }
  for (const field of FIELDS) folded[field] = isEmpty(folded[field]) ? null : fold(folded[field] ?? '')
  const pieces = divided(folded)
  return [asTheyAre, ...short, ...pieces, ...[folded, ...pieces].flatMap(readDifferently)].slice(0, MAX_READINGS)
}
