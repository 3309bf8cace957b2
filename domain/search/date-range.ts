import type { DateRange } from './port.ts'

const pad = (year: number): string => String(Math.min(9999, Math.max(1, year))).padStart(4, '0')

/** The days that a partial date may mean, widened by whole years on both sides. */
export function toDateRange(date: string, toleranceYears: number): DateRange {
  const [year = '', month, day] = date.split('-')
  return {
    from: `${pad(Number(year) - toleranceYears)}-${month ?? '01'}-${day ?? '01'}`,
    to: `${pad(Number(year) + toleranceYears)}-${month ?? '12'}-${day ?? '31'}`,
  }
}

/** The partial dates that begin before a range but reach into it. All others that may be in it sort between its ends. */
export const toPartialStarts = ({ from }: DateRange): string[] => [from.slice(0, 4), from.slice(0, 7)]

/** Whether a date, which may be partial, may be within a range. */
export const mayBeWithin = (date: string | null, range: DateRange): boolean =>
  date !== null && ((date >= range.from && date <= range.to) || toPartialStarts(range).includes(date))
