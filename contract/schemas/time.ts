import * as z from 'zod'

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** Whether a year, month or day exists: `1999`, `1999-02`, `1999-02-28`. */
function inCalendar(text: string): boolean {
  const [, year = '', month = '01', day = '01'] = DATE.exec(text) ?? []
  if (year < '0001') return false
  const date = new Date(`${year}-${month}-${day}T00:00:00.000Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}

/** A timestamp: ISO 8601 with an offset, or a date (its beginning, UTC). Parsed to UTC with milliseconds. */
export const timestampInput = z
  .string()
  .regex(INSTANT, 'is not an ISO 8601 time with an offset, such as 2026-05-31T14:00:00Z')
  // Text that is no timestamp at all gets one error.
  .refine(
    text => !INSTANT.test(text) || (inCalendar(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))),
    'is not a valid time',
  )
  .transform(text => new Date(text).toISOString())
  .refine(text => text.length === 24 && text >= '0001', 'is outside the years 0001 to 9999')
  .meta({ type: 'string', format: 'date-time' })

/** A date that may be partial: a year, a month or a day. */
export const partialDate = z
  .string()
  .regex(DATE, 'is not a date such as 1985-04-12, 1985-04 or 1985')
  .refine(text => !DATE.test(text) || inCalendar(text), 'is not a valid date')
  .meta({ examples: ['1985-04-12', '1985-04', '1985'] })

/** A timestamp in a response: UTC with milliseconds. */
export const timestamp = z.string().meta({ format: 'date-time' })
