/** Parses a line of text that a person typed into search criteria. */
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { takeTitles } from './normalise.ts'
import { type FoundDate, takeDate, takeShortDates } from './query-dates.ts'

const LONGEST = 2000
/** A document number: at least five characters, at least three of them digits, and only letters, digits and separators. */
const DOCUMENT = /(?<!\S)(?=(?:[^\d\s]*\d){3})([\p{L}\d][\p{L}\d./-]{4,29})(?!\S)/u

/** The first word that looks like a document number, and the text without it. */
function takeNumber(text: string): { value: string | null; rest: string } {
  const match = DOCUMENT.exec(text)
  if (match === null) return { value: null, rest: text }
  const [word, number = ''] = match
  return { value: number, rest: `${text.slice(0, match.index)} ${text.slice(match.index + word.length)}` }
}

const toLine = (q: string): string => q.slice(0, LONGEST).normalize('NFKC').replace(/\s+/gu, ' ').trim()

const toCriteria = (text: string, dob: string | null, document_number: string | null): SearchCriteria => {
  const words = text.replace(/\s+/gu, ' ').trim()
  return { text: words === '' ? null : words, surname: null, given_name: null, dob, document_number, details: {} }
}

/** Criteria of a date and the words beside it. */
function toParsed({ value, rest }: FoundDate): SearchCriteria {
  const document = takeNumber(rest)
  return toCriteria(document.rest, value, document.value)
}

/**
 * Parses free text. A date of birth in a common notation and a word that looks like a document number become these fields; the rest stays
 * `text`, whose words may stand for any field. Reads the first 2,000 characters.
 */
export function parseQueryText(q: string): SearchCriteria {
  return toParsed(takeDate(toLine(q), true))
}

/**
 * A part of a document number that was written with spaces: digits, and a few letters before or after them. The signs of a telephone number
 * belong to it; otherwise its country code would be left as a name.
 */
const NUMBER_PART = /^(?=.*\d)[\p{L}\d./()+-]{1,30}$/u
const LETTERS_OF_NUMBER = /^\p{L}{1,3}$/u
const MIN_DIGITS = 3
const MIN_CHARACTERS = 5

/** Reads adjacent words as one document number, if they look like one. */
function readSpacedNumber(line: string, dob: string | null, withLetters: boolean): SearchCriteria[] {
  const words = line.split(' ')
  const first = words.findIndex(word => NUMBER_PART.test(word))
  if (first < 0) return []
  const isPart = (word: string | undefined) =>
    word !== undefined && (NUMBER_PART.test(word) || (withLetters && LETTERS_OF_NUMBER.test(word)))
  let [from, to] = [first, first + 1]
  if (withLetters && LETTERS_OF_NUMBER.test(words[from - 1] ?? '')) from--
  while (isPart(words[to])) to++
  const number = words.slice(from, to).join('')
  const isNumber = number.replace(/\D/gu, '').length >= MIN_DIGITS && number.length >= MIN_CHARACTERS
  if (to - from < 2 || !isNumber) return []
  return [toCriteria([...words.slice(0, from), ...words.slice(to)].join(' '), dob, number)]
}

/** Reads a word of two digits as a year of birth, of either century. */
function readShortYear({ text, dob, document_number }: SearchCriteria): SearchCriteria[] {
  const [, before = '', year, after = ''] = /^(.*?)(?<!\S)['’]?(\d\d)(?!\S)(.*)$/u.exec(text ?? '') ?? []
  if (year === undefined || dob !== null) return []
  return ['19', '20'].map(century => toCriteria(`${before} ${after}`, century + year, document_number))
}

/** Reads a title as a surname, because some titles are surnames: Ing, Miss. */
function readTitleAsSurname(reading: SearchCriteria): SearchCriteria[] {
  const { titles, rest } = takeTitles(reading.text ?? '')
  return titles === '' ? [] : [{ ...reading, text: rest, surname: titles }]
}

/**
 * Everything that a text may reasonably mean, the most usual reading first. Words with digits may be a document number written with spaces,
 * a part of a name, or the end of a year.
 */
export function readQueryText(q: string): SearchCriteria[] {
  const parsed = parseQueryText(q)
  const line = toLine(q)
  const { value, rest } = takeDate(line, true)
  const readings = [
    parsed,
    ...readSpacedNumber(rest.trim(), value, true),
    ...readSpacedNumber(rest.trim(), value, false),
    ...(parsed.document_number === null ? [] : [toCriteria(rest, value, null)]),
    ...readShortYear(parsed),
    ...(value === null ? takeShortDates(line) : []).map(toParsed),
    // "June 1985" may be a given name and a year.
    ...(value?.length === 7 ? [toParsed(takeDate(line, false))] : []),
    ...readTitleAsSurname(parsed),
  ]
  return [...new Map(readings.map(reading => [JSON.stringify(reading), reading])).values()]
}
