import { isMonthName } from '#contract/month-names.ts'
import { readWrittenDate } from '#contract/written-date.ts'

/** A date found in a text, and the text without it. */
export interface FoundDate {
  value: string | null
  rest: string
}

/** The most words of a date: `ngày 16 tháng 4 năm 1988`. */
const MAX_WORDS = 6
/** The most words of a text that are tried. */
const MAX_TRIED = 60

const YEAR = /(?<!\d)(?:18|19|20)\d\d(?!\d)/u
const COMPACT = /^(?:18|19|20)\d{6}$/
/** A year of two digits after day and month. */
const SHORT_YEAR = /(?<=^\d{1,2}[-/.]\d{1,2}[-/.])\d\d$/
/** Words for "about" that are nobody's name. */
const ABOUT = /^(?:about|abt\.?|approx\.?|around|circa|ca\.|c\.|~)$/i

/** A word of a text, and what it may be in a date. */
interface Word {
  text: string
  isMonth: boolean
  hasDigit: boolean
}

const toWord = (text: string): Word => ({ text, isMonth: isMonthName(text), hasDigit: /\d/u.test(text) })
const isEdge = ({ isMonth, hasDigit }: Word): boolean => isMonth || hasDigit
const hasYear = (text: string): boolean => YEAR.test(text) || COMPACT.test(text)

/** Whether words may be one date: a word alone, or with the name of a month or a word for "about" among them. */
function mayBeDate(words: readonly Word[]): boolean {
  const [first, ...others] = words
  const last = others.at(-1)
  if (first === undefined || !words.some(({ text }) => hasYear(text))) return false
  if (last === undefined) return true
  if (ABOUT.test(first.text)) return others.length === 1 || mayBeDate(others)
  return isEdge(first) && isEdge(last) && words.some(({ isMonth }) => isMonth)
}

/** Reads `03/04/1985` with the day first: the matcher accepts exchanged day and month. */
function readDate(text: string): string | null {
  const read = readWrittenDate(text)
  if ('date' in read) return read.date
  return 'readings' in read ? read.readings[0] : null
}

/** The first of the longest dates in a text. @param withNames whether months may be named: `June 1985` may be a name and a year. */
export function takeDate(text: string, withNames: boolean): FoundDate {
  const none = { value: null, rest: text }
  const all = text.split(' ')
  if (!all.some(hasYear)) return none
  const words = all.slice(0, MAX_TRIED).map(toWord)
  for (let length = Math.min(MAX_WORDS, words.length); length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) {
      const span = words.slice(from, from + length)
      if (!mayBeDate(span) || (!withNames && span.some(({ isMonth }) => isMonth))) continue
      const value = readDate(
        span
          .map(word => word.text)
          .join(' ')
          .replace(/^[(*[]+|[,;)\]]+$/gu, ''),
      )
      if (value === null) continue
      return { value, rest: [...all.slice(0, from), ...all.slice(from + length)].join(' ') }
    }
  return none
}

/** Dates with a year of two digits, in both centuries. */
export function takeShortDates(text: string): FoundDate[] {
  const words = text.split(' ')
  return words.flatMap((word, n) => {
    if (!SHORT_YEAR.test(word)) return []
    return ['19', '20'].flatMap(century => {
      const value = readDate(word.replace(SHORT_YEAR, year => century + year))
      return value === null ? [] : [{ value, rest: [...words.slice(0, n), ...words.slice(n + 1)].join(' ') }]
    })
  })
}
