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

/**
 * Parses free text. A date of birth in a common notation and a word that looks like a document number become these fields; the rest stays
 * `text`, whose words may stand for any field. Reads the first 2,000 characters.
 */
export function parseQueryText(q: string): SearchCriteria {
  const line = q.slice(0, LONGEST).normalize('NFKC').replace(/\s+/gu, ' ').trim()
  const dob = takeDate(line)
  const document = take(dob.rest, DOCUMENT, ([number = '']) => number)
  const text = document.rest.replace(/\s+/gu, ' ').trim()
  return {
    text: text === '' ? null : text,
    surname: null,
    given_name: null,
    dob: dob.value,
    document_number: document.value,
    details: {},
  }
}
