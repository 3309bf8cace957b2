const MS_PER_MINUTE = 60_000

/** A time in the reader's zone, as an input of a local time has it; milliseconds only if there are any. */
export function toLocalTime(iso: string): string {
  const time = new Date(iso)
  const local = new Date(time.getTime() - time.getTimezoneOffset() * MS_PER_MINUTE).toISOString()
  return local.replace(/(\.000)?Z$/, '')
}

/** Whether a value of an address is a time. */
export const isTime = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value))

/** The time that an input of a local time has, in UTC; undefined if that is none. */
export const toUtcTime = (local: string): string | undefined =>
  Number.isNaN(Date.parse(local)) ? undefined : new Date(local).toISOString()

/** When a day begins in the reader's zone, or a day some days later, in UTC; undefined if it is no day. */
export function startOf(day: string, daysLater = 0): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  const time = new Date(year, month - 1, date + daysLater)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
