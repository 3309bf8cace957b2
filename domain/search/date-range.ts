import { isApproximate, withoutMark } from '#contract/written-date.ts'
import { APPROXIMATE_YEARS } from '../matching/compare-dob.ts'
import type { DateRange } from './port.ts'

const pad = (year: number): string => String(Math.min(9999, Math.max(1, year))).padStart(4, '0')

/** The days that a date may mean, which may be partial or approximate, widened by whole years on both sides. */
export function toDateRange(date: string, toleranceYears: number): DateRange {
  const [year = '', month, day] = withoutMark(date).split('-')
  const years = toleranceYears + (isApproximate(date) ? APPROXIMATE_YEARS : 0)
  return {
    from: `${pad(Number(year) - years)}-${month ?? '01'}-${day ?? '01'}`,
    to: `${pad(Number(year) + years)}-${month ?? '12'}-${day ?? '31'}`,
  }
}

/** The partial dates by which a date of birth is found in a range; an approximate one by each year that it may mean. */
export function toRangeKeys(date: string): string[] {
  if (!isApproximate(date)) return [date]
  const year = Number(date.slice(0, 4))
  return Array.from({ length: 2 * APPROXIMATE_YEARS + 1 }, (_, i) => pad(year - APPROXIMATE_YEARS + i))
}

/** The partial dates that begin before a range but reach into it. All others that may be in it sort between its ends. */
export const toPartialStarts = ({ from }: DateRange): string[] => [from.slice(0, 4), from.slice(0, 7)]

/** Whether a date, which may be partial or approximate, may be within a range. */
export function mayBeWithin(date: string | null, range: DateRange): boolean {
  const starts = toPartialStarts(range)
  const keys = date === null ? [] : toRangeKeys(date)
  return keys.some(key => (key >= range.from && key <= range.to) || starts.includes(key))
}
