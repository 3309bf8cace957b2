/** What a log says of an error: the system's code, such as ENOSPC or ECONNREFUSED, or its name. Its message may hold personal data. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
