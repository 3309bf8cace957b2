/**
 * Compares two dates of birth. Levels of agreement and their weights log2(m/u) after Fellegi and Sunter (1969): m is the probability of a
 * level for one person, u for two random people with birthdays spread over about sixty years.
 */
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~)?$/

/** By how many years an approximate date may be off. */
export const APPROXIMATE_YEARS = 2

/** A date that may be partial: month and day are null if unknown. */
export interface PartialDate {
  text: string
  year: string
  month: string | null
  day: string | null
  /** Year, month and day without separators. */
  digits: string
  /** Whether only the year counts, and a year or two more or less as well. */
  approximate: boolean
}

export interface DobAgreement {
  comparison: string
  similarity: number
  /** log2(m/u). */
  bits: number
}

/** A bounded cache: the same dates recur in every query. */
const remembered = new Map<string, PartialDate | null>()
const REMEMBERED = 50_000

/** Reads `1985`, `1985-04` or `1985-04-12`, with `~` at the end if it is approximate; null for anything else. */
export function readDate(text: string | null): PartialDate | null {
  if (text === null) return null
  const cached = remembered.get(text)
  if (cached !== undefined) return cached
  const date = parseDate(text)
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(text, date)
  return date
}

function parseDate(text: string): PartialDate | null {
  const [date = '', year, month = null, day = null, mark] = DATE.exec(text) ?? []
  if (year === undefined) return null
  const approximate = mark !== undefined
  const digits = `${year}${month ?? ''}${day ?? ''}`
  return { text: approximate ? `about ${date.slice(0, -1)}` : date, year, month, day, digits, approximate }
}

const LEVELS = {
  exact: { comparison: 'exact', similarity: 1, bits: 13 },
  swapped: { comparison: 'day and month swapped', similarity: 0.9, bits: 9 },
  digit: { comparison: 'one digit off', similarity: 0.85, bits: 5.5 },
  part: { comparison: 'one of day, month and year off', similarity: 0.6, bits: 2 },
  days: { comparison: 'a day or two apart', similarity: 0.6, bits: 2 },
  month: { comparison: 'year and month', similarity: 0.9, bits: 9 },
  year: { comparison: 'year alone', similarity: 0.8, bits: 5.5 },
  about: { comparison: 'about that year', similarity: 0.7, bits: 3 },
  near: { comparison: 'a year apart', similarity: 0.4, bits: 0 },
  different: { comparison: 'different', similarity: 0, bits: -5 },
} as const

/** Whether one digit differs, or two adjacent digits are exchanged. */
function oneDigitOff(a: string, b: string): boolean {
  let [first, second] = [-1, -1]
  for (let i = 0; i < a.length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue
    if (second >= 0) return false
    if (first < 0) first = i
    else second = i
  }
  if (second < 0) return first >= 0
  return second === first + 1 && a.charAt(first) === b.charAt(second) && a.charAt(second) === b.charAt(first)
}

/** Days at most between dates that are near: a date noted late, or converted between time zones. */
const NEAR_DAYS = 2
const MS_PER_DAY = 86_400_000

/** Whether two whole dates are a day or two apart, also across the end of a month or a year. */
function isNear(a: PartialDate, b: PartialDate): boolean {
  if (Math.abs(Number(a.year) - Number(b.year)) > 1) return false
  return Math.abs(Date.parse(a.text) - Date.parse(b.text)) <= NEAR_DAYS * MS_PER_DAY
}

/** The agreement of two dates of birth. Symmetric. Only parts that both have are compared, and of an approximate date only the year. */
export function compareDates(a: PartialDate, b: PartialDate): DobAgreement {
  if (a.approximate || b.approximate) {
    const years = Math.abs(Number(a.year) - Number(b.year))
    return years <= APPROXIMATE_YEARS ? LEVELS.about : LEVELS.different
  }
  const sameYear = a.year === b.year
  if (a.month === null || b.month === null) {
    if (sameYear) return LEVELS.year
    return Math.abs(Number(a.year) - Number(b.year)) === 1 ? LEVELS.near : LEVELS.different
  }
  if (a.day === null || b.day === null) return sameYear && a.month === b.month ? LEVELS.month : LEVELS.different
  if (a.digits === b.digits) return LEVELS.exact
  if (sameYear && a.month === b.day && a.day === b.month) return LEVELS.swapped
  if (oneDigitOff(a.digits, b.digits)) return LEVELS.digit
  if (isNear(a, b)) return LEVELS.days
  const agreeing = Number(sameYear) + Number(a.month === b.month) + Number(a.day === b.day)
  return agreeing === 2 ? LEVELS.part : LEVELS.different
}
