import { readMonthName } from './month-names.ts'

/** The order of day and month in dates such as 03/04/1985. */
export type DateOrder = 'dmy' | 'mdy'

export interface DateNotation {
  /** Without it, a date that can be read in both orders is ambiguous. */
  order?: DateOrder | undefined
  /** Whether a bare number is a spreadsheet's serial number. */
  serial?: boolean | undefined
}

/**
 * What a written date means: a date in ISO 8601 (`1985`, `1985-04` or `1985-04-12`; with `~` at its end it is approximate, as in ISO 8601-2),
 * or the two dates that it may mean, day first and month first, or what is wrong with it.
 */
export type WrittenDate = { date: string } | { readings: readonly [string, string] } | { fault: string }

export const NO_DATE = 'is not a date such as 1985-04-12, 1985-04 or 1985'
const INVALID: WrittenDate = { fault: 'is not a valid date' }
const UNREADABLE: WrittenDate = { fault: NO_DATE }
const NO_YEAR: WrittenDate = { fault: 'has no year: write it with four digits' }
const SHORT_YEAR: WrittenDate = { fault: 'has a year of two digits: write it with four' }
const SERIAL: WrittenDate = { fault: `${NO_DATE}: a spreadsheet's serial number has to be declared as one` }

const MAX_LENGTH = 80

// cspell:disable
/** Words for "about", before or after a date, in the languages of the sample data and in GEDCOM. */
const ABOUT = [
  'abt|about|approx(?:imately)?|around|ca|circa|c|cal|est|estimated',
  'ungefähr|etwa|um|environ|vers|hacia|sobre|alrededor de|около|ок|приблизительно|прибл',
  'rond|omstreeks|ongeveer|περίπου|γύρω στο|حدود|تقریبا|约|約|大约|大約|khoảng|timpeall|około|ok|verso|cerca de',
].join('|')
const BEFORE = new RegExp(`^(?:~|(?:${ABOUT})(?![\\p{L}\\p{M}])[.:]?)\\s*`, 'iu')
const AFTER = new RegExp(`\\s*(?:[~?？]|左右|頃|[\\s(]+(?:${ABOUT})\\.?\\)?)$`, 'iu')

/** A time of midnight, as databases and spreadsheets add to a date. Another time might belong to the day before or after. */
const MIDNIGHT = /(?<=\d)(?:t|\s+)(?:0{1,2}:00|12:00(?::00)?\s*am)(?::00(?:\.0+)?)?\s*(?:z|utc|[+-]00:?00)?$/i

/** Words between the parts of a date: `17 de abril de 1984`, `ngày 17 tháng 4 năm 1984`, `21 июля 1990 г.` */
const FILLERS = /^(?:de|del|di|of|the|den|der|am|on|г|года|году|ngày|tháng|năm)$/iu
const ORDINAL = /^(\d{1,2})(?:st|nd|rd|th|er|º|ª|η|-?го)$/iu
// cspell:enable
const UNKNOWN = /^(?:0{1,2}|[xu?_*]{1,2}|xxx|dd|mm|tt)$/i

/** Digits of other scripts by their value, invisible marks left out, East Asian marks of year, month and day as separators. */
function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Nd}/gu, digit => String(toDigit(digit)))
    .replaceAll(/[‐-―−]/gu, '-')
    .replaceAll(/(?<=\d)\s*[年년月월]\s*(?=\d)/gu, '-')
    .replaceAll(/(?<=\d)\s*[年년月월日일]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** The value of a decimal digit: Unicode assigns the ten digits of a script in one run. */
function toDigit(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return value
}

const pad = (part: number): string => String(part).padStart(2, '0')

/** The date of a year and, if known, a month and day; null if the calendar has no such date. */
function toDate(year: string, month: number | null, day: number | null): string | null {
  if (year < '0001') return null
  if (month === null) return year
  const text = `${year}-${pad(month)}-${pad(day ?? 1)}`
  const time = new Date(`${text}T00:00:00.000Z`)
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text)) return null
  return day === null ? text.slice(0, 7) : text
}

const dateOf = (year: string, month: number | null, day: number | null): WrittenDate => {
  const date = toDate(year, month, day)
  return date === null ? INVALID : { date }
}

/** The day of a spreadsheet's serial number in the 1900 date system, which counts a 29 February 1900 that never was. */
export function readSerialDate(serial: number): string | null {
  const day = Math.floor(serial)
  if (!(day >= 1 && day <= 2_958_465) || day === 60) return null
  return new Date(Date.UTC(1899, 11, day > 60 ? 30 : 31) + day * 86_400_000).toISOString().slice(0, 10)
}

const isYear = (part: string | undefined): part is string => /^\d{4}$/.test(part ?? '')
const isUnknown = (part: string): boolean => UNKNOWN.test(part)
/** A month or day in digits; null if it is unknown. */
const toPart = (part: string): number | null => (isUnknown(part) ? null : Number(part))
const isPart = (part: string): boolean => /^\d{1,2}$/.test(part) || isUnknown(part)

/** Reads day and month beside a year, in either order. */
function readPair(first: string, second: string, year: string, order: DateOrder | undefined): WrittenDate {
  const [a, b] = [toPart(first), toPart(second)]
  // A month is known without its day, never a day without its month.
  if (a === null || b === null) {
    const alone = a ?? b
    return alone !== null && alone > 12 ? dateOf(year, null, null) : dateOf(year, alone, null)
  }
  const [dayFirst, monthFirst] = [toDate(year, b, a), toDate(year, a, b)]
  if (order !== undefined) return order === 'dmy' ? dateOf(year, b, a) : dateOf(year, a, b)
  if (dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst) return { readings: [dayFirst, monthFirst] }
  const date = dayFirst ?? monthFirst
  return date === null ? INVALID : { date }
}

/** Reads a date of digits. Between dots, the day comes first wherever that is possible: nobody writes months first with dots. */
function readNumeric(parts: readonly string[], isDotted: boolean, order: DateOrder | undefined): WrittenDate {
  const [a = '', b = '', c = ''] = parts
  if (parts.length === 3 && isYear(a) && isPart(b) && isPart(c)) {
    const [month, day] = [toPart(b), toPart(c)]
    return dateOf(a, month, month === null ? null : day)
  }
  if (parts.length === 3 && isYear(c) && isPart(a) && isPart(b)) {
    const read = readPair(a, b, c, order)
    return isDotted && 'readings' in read ? { date: read.readings[0] } : read
  }
  if (parts.length === 2 && isYear(a) && isPart(b)) return dateOf(a, toPart(b), null)
  if (parts.length === 2 && isPart(a) && isYear(b)) return dateOf(b, toPart(a), null)
  if (parts.length === 3 && parts.every(isPart)) return SHORT_YEAR
  if (parts.length === 2 && parts.every(isPart)) return NO_YEAR
  return UNREADABLE
}

/** Reads eight digits: the year first, or last. Years from 1800 on leave one reading. */
function readCompact(text: string, order: DateOrder | undefined): WrittenDate {
  if (/^(?:18|19|20)\d\d(?:0\d|1[0-2])[0-3]\d$/.test(text))
    return readNumeric([text.slice(0, 4), text.slice(4, 6), text.slice(6)], false, order)
  if (/(?:18|19|20)\d\d$/.test(text)) return readPair(text.slice(0, 2), text.slice(2, 4), text.slice(4), order)
  return UNREADABLE
}

/** Reads a date with the name of a month. */
function readNamed(parts: readonly string[]): WrittenDate {
  const month = readMonthName(parts.filter(part => /^\p{L}/u.test(part) && !isUnknown(part)).join(''))
  const numbers = parts.filter(part => /^\d/.test(part) || isUnknown(part))
  if (month === null) return UNREADABLE
  const year = numbers.find(isYear)
  const others = numbers.filter(part => part !== year)
  const [day = null, more] = others
  if (year === undefined) return others.length === 2 ? SHORT_YEAR : NO_YEAR
  if (more !== undefined || (day !== null && !isPart(day))) return UNREADABLE
  return dateOf(year, month, day === null ? null : toPart(day))
}

function read(text: string, { order, serial }: DateNotation): WrittenDate {
  const bare = text.replace(MIDNIGHT, '')
  if (/^\d{5,7}(?:\.\d+)?$/.test(bare) || (serial && /^\d+(?:\.\d+)?$/.test(bare) && !isYear(bare))) {
    const date = serial ? readSerialDate(Number(bare)) : null
    return date === null ? (serial ? INVALID : SERIAL) : { date }
  }
  if (/^\d{8}$/.test(bare)) return readCompact(bare, order)
  if (/^--\d\d-?\d\d$/.test(bare)) return NO_YEAR
  if (/^[-/.,]|[-/,]$/.test(bare)) return UNREADABLE
  const parts = bare
    .split(/[\s./,-]+/u)
    .filter(part => part !== '' && !FILLERS.test(part))
    .map(part => part.replace(ORDINAL, '$1'))
  const isNumeric = parts.every(part => /^\d+$/.test(part) || isUnknown(part))
  if (parts.length === 1 && isYear(parts[0])) return dateOf(parts[0], null, null)
  return isNumeric ? readNumeric(parts, /^[^\s/,-]+$/.test(bare), order) : readNamed(parts)
}

/** Reads a date as people and programs write it. */
export function readWrittenDate(text: string, notation: DateNotation = {}): WrittenDate {
  if (text.length > MAX_LENGTH) return UNREADABLE
  const line = normalise(text)
  const exact = line.replace(BEFORE, '').replace(AFTER, '')
  const result = read(exact, notation)
  if (exact === line) return result
  if ('date' in result) return { date: `${result.date}~` }
  if ('readings' in result) return { readings: [`${result.readings[0]}~`, `${result.readings[1]}~`] }
  return result
}

/** The error of a date that may mean either of two. */
export const ambiguous = ([dayFirst, monthFirst]: readonly [string, string]): string =>
  `may mean ${dayFirst} (day first) or ${monthFirst} (month first): write the one that is meant`

/** A date without its mark of approximation. */
export const withoutMark = (date: string): string => date.replace(/~$/, '')

export const isApproximate = (date: string): boolean => date.endsWith('~')

/** A date with the mark of approximation. */
export const markApproximate = (date: string): string => `${withoutMark(date)}~`
