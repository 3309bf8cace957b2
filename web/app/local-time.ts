const MS_PER_MINUTE = 60_000

/** A time in the reader's zone, as an input of a local time has it; milliseconds only if there are any. */
export function toLocalTime(iso: string): string {
  const time = new Date(iso)
  const local = new Date(time.getTime() - time.getTimezoneOffset() * MS_PER_MINUTE).toISOString()
  return local.replace(/(\.000)?Z$/, '')
}

/** The time that an input of a local time has, in UTC; undefined if that is none. */
export const toUtcTime = (local: string): string | undefined =>
  Number.isNaN(Date.parse(local)) ? undefined : new Date(local).toISOString()
