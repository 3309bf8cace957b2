/** The name of an error for logs: the system's code, such as ENOSPC or ECONNREFUSED, or the error's name. Its message may hold personal data. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
