/** Parses a line of text that a person typed into search criteria. */
import type { SearchCriteria } from '#contract/schemas/search.ts'

const LONGEST = 2000
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?'

type Reader = readonly [RegExp, (parts: readonly string[]) => string | null]

const toMonth = (name: string) => String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1)

/** The ISO date of its parts; null if there is no such date. */
function date(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text) ? text : null
}

const month = (year: string, number: string) =>
  date(year, number, '1') === null ? null : `${year}-${number.padStart(2, '0')}`

/** Notations of dates, the most complete first. `04/05/1985` is read with the day first; the matcher accepts exchanged day and month. */
const DATES: readonly Reader[] = [
  [
    /(?<!\S)((?:18|19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\S)/u,
    ([y = '', m = '', d = '']) => date(y, m, d) ?? date(y, d, m),
  ],
  [
    /(?<!\S)(\d{1,2})[-/.](\d{1,2})[-/.]((?:18|19|20)\d\d)(?!\S)/u,
    ([d = '', m = '', y = '']) => date(y, m, d) ?? date(y, d, m),
  ],
  [
    new RegExp(`(?<!\\S)(\\d{1,2})(?:st|nd|rd|th|\\.)? ${MONTH},? ((?:18|19|20)\\d\\d)(?!\\S)`, 'iu'),
    ([d = '', m = '', y = '']) => date(y, toMonth(m), d),
  ],
  [
    new RegExp(`(?<!\\S)${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? ((?:18|19|20)\\d\\d)(?!\\S)`, 'iu'),
    ([m = '', d = '', y = '']) => date(y, toMonth(m), d),
  ],
  [/(?<!\S)((?:18|19|20)\d\d)(\d\d)(\d\d)(?!\S)/u, ([y = '', m = '', d = '']) => date(y, m, d)],
  [/(?<!\S)((?:18|19|20)\d\d)[-/.](\d{1,2})(?!\S)/u, ([y = '', m = '']) => month(y, m)],
  [/(?<!\S)(\d{1,2})[-/.]((?:18|19|20)\d\d)(?!\S)/u, ([m = '', y = '']) => month(y, m)],
  [new RegExp(`(?<!\\S)${MONTH},? ((?:18|19|20)\\d\\d)(?!\\S)`, 'iu'), ([m = '', y = '']) => month(y, toMonth(m))],
  [/(?<!\S)((?:18|19|20)\d\d)(?!\S)/u, ([y = '']) => y],
]

/** A document number: at least five characters, at least three of them digits, and only letters, digits and separators. */
const DOCUMENT = /(?<!\S)(?=(?:[^\d\s]*\d){3})([\p{L}\d][\p{L}\d./-]{4,29})(?!\S)/u

interface Found {
  value: string | null
  rest: string
}

function take(text: string, pattern: RegExp, read: Reader[1]): Found {
  const match = pattern.exec(text)
  const value = match === null ? null : read(match.slice(1))
  if (match === null || value === null) return { value: null, rest: text }
  return { value, rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}` }
}

function takeDate(text: string): Found {
  for (const [pattern, read] of DATES) {
    const match = take(text, pattern, read)
    if (match.value !== null) return match
  }
  return { value: null, rest: text }
}

const toLine = (q: string): string => q.slice(0, LONGEST).normalize('NFKC').replace(/\s+/gu, ' ').trim()

const toCriteria = (text: string, dob: string | null, document_number: string | null): SearchCriteria => {
  const words = text.replace(/\s+/gu, ' ').trim()
  return { text: words === '' ? null : words, surname: null, given_name: null, dob, document_number, details: {} }
}

/**
 * Parses free text. A date of birth in a common notation and a word that looks like a document number become these fields; the rest stays
 * `text`, whose words may stand for any field. Reads the first 2,000 characters.
 */
export function parseQueryText(q: string): SearchCriteria {
  const dob = takeDate(toLine(q))
  const document = take(dob.rest, DOCUMENT, ([number = '']) => number)
  return toCriteria(document.rest, dob.value, document.value)
}

/** A part of a document number that was written with spaces: digits, and a few letters before or after them. */
const NUMBER_PART = /^(?=.*\d)[\p{L}\d./-]{1,30}$/u
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

/**
 * Everything that a text may reasonably mean, the most usual reading first. Words with digits may be a document number written with spaces,
 * a part of a name, or the end of a year.
 */
export function readQueryText(q: string): SearchCriteria[] {
  const parsed = parseQueryText(q)
  const { value, rest } = takeDate(toLine(q))
  const readings = [
    parsed,
    ...readSpacedNumber(rest.trim(), value, true),
    ...readSpacedNumber(rest.trim(), value, false),
    ...(parsed.document_number === null ? [] : [toCriteria(rest, value, null)]),
    ...readShortYear(parsed),
  ]
  return [...new Map(readings.map(reading => [JSON.stringify(reading), reading])).values()]
}
