import { InvalidInput } from '#domain/errors.ts'

/** Checks a query's time range; either end may be open. @throws InvalidInput if the first is after the second */
export function assertDateRange({ from, to }: { from?: string | undefined; to?: string | undefined }): void {
  if (from !== undefined && to !== undefined && from > to)
    throw new InvalidInput([{ pointer: '?from', detail: 'is after to' }])
}
