import * as z from 'zod'
import { ambiguous, NO_DATE, readWrittenDate, type WrittenDate } from '../written-date.ts'

// Regular expressions for all engines that may read the OpenAPI document: `[0-9]`, since `\d` means any script's digits in some.
const YEAR = '(?!0000)[0-9]{4}'
const MULTIPLE_OF_4 = '(?:0[48]|[2468][048]|[13579][26])'
const LEAP_YEAR = `(?:[0-9]{2}${MULTIPLE_OF_4}|${MULTIPLE_OF_4}00)`
const MONTH = '(?:0[1-9]|1[0-2])'
const MONTH_DAY =
  '(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))'
/** A day that exists, in the years 0001 to 9999. */
const DAY = `(?:${YEAR}-${MONTH_DAY}|${LEAP_YEAR}-02-29)`
const TIME = '(?:(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?|24:00(?::00(?:\\.0{1,9})?)?)'
/** In a URL, an unescaped `+` is read as a space. */
const OFFSET = '(?:Z|[+ -](?:[01][0-9]|2[0-3]):[0-5][0-9])'
/** Times that may lie outside the years 0001 to 9999 in UTC. */
const OUTSIDE = '0001-01-01T.+[+ ]|9999-12-31T(?:24|.+-)'

const TIMESTAMP = new RegExp(`^(?!${OUTSIDE})${DAY}(?:T${TIME}${OFFSET})?$`)
/** A day of a month: the months of 31 days, those of 30, and February but for its last day in leap years. */
const daysOf = (long: string, short: string, february: string, separator: string): string =>
  [
    `(?:[12][0-9]|3[01]|0?[1-9])${separator}(?:${long})`,
    `(?:[12][0-9]|30|0?[1-9])${separator}(?:${short})`,
    `(?:1[0-9]|2[0-8]|0?[1-9])${separator}${february}`,
  ].join('|')
// cspell:disable
const LONG = 'Jan(?:uary)?|Mar(?:ch)?|May|July?|Aug(?:ust)?|Oct(?:ober)?|Dec(?:ember)?'
const SHORT = 'Apr(?:il)?|June?|Sep(?:tember)?|Nov(?:ember)?'
const FEBRUARY = 'Feb(?:ruary)?'
// cspell:enable
const DOTTED_DAY = `(?:${daysOf('0?[13578]|1[02]', '0?[469]|11', '0?2', '\\.')})\\.${YEAR}|29\\.0?2\\.${LEAP_YEAR}`
const NAMED_DAY = `(?:${daysOf(LONG, SHORT, FEBRUARY, ' ')}) ${YEAR}|29 ${FEBRUARY} ${LEAP_YEAR}`
const NAMED_MONTH = `(?:${LONG}|${SHORT}|${FEBRUARY}) ${YEAR}`
/** Years that programs write for an unknown one: address books 1604, databases 0001. */
const NO_YEARS = '0001|1604'
/** The usual notations of dates, which the OpenAPI document describes. The server reads others as well. */
const USUAL_DATE = `^(?!(?:${NO_YEARS})|.*[. ](?:${NO_YEARS})$)(?:${YEAR}(?:-${MONTH})?|${DAY}|${DOTTED_DAY}|${NAMED_DAY}|${NAMED_MONTH})$`

const LOOKS_LIKE_TIMESTAMP = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+ -]\d{2}:\d{2}))?$/

/** A timestamp as sent: ISO 8601 with an offset, or a date (its beginning, UTC), in the years 0001 to 9999. */
export const timestampText = z.string().regex(TIMESTAMP, {
  error: ({ input }) =>
    LOOKS_LIKE_TIMESTAMP.test(String(input))
      ? 'is not a valid time in the years 0001 to 9999'
      : 'is not an ISO 8601 time with an offset, such as 2026-05-31T14:00:00Z',
})

/** A timestamp, parsed to UTC with milliseconds. */
export const timestampInput = timestampText
  .transform(text => new Date(text.replace(' ', '+')).toISOString())
  .meta({ examples: ['2026-05-31T14:00:00Z', '2026-05-31'] })

const HAS_NO_YEAR = new RegExp(`^(?:${NO_YEARS})`)

function toDateFault(read: WrittenDate, year: string | undefined): string {
  if (year !== undefined) return `has the year ${year}, which programs write for an unknown one: leave the date out`
  if ('readings' in read) return ambiguous(read.readings)
  return 'fault' in read ? read.fault : NO_DATE
}

/** A date in any notation that `readWrittenDate` reads; parsed to ISO 8601, with `~` at the end if it is approximate. */
export const writtenDate = z
  .string()
  .transform((text, context) => {
    const read = readWrittenDate(text)
    const year = 'date' in read ? HAS_NO_YEAR.exec(read.date)?.[0] : undefined
    if ('date' in read && year === undefined) return read.date
    context.addIssue({ code: 'custom', message: toDateFault(read, year) })
    return z.NEVER
  })
  .meta({
    type: 'string',
    pattern: USUAL_DATE,
    examples: ['1985-04-12', '1985-04', '1985', '12.04.1985', '12 April 1985'],
  })

/** A timestamp in a response: UTC with milliseconds. */
export const timestamp = z.string().meta({ format: 'date-time' })
