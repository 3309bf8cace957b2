import { InvalidInput } from '#domain/errors.ts'

/** Of a query between two moments, either of which may be left open. @throws InvalidInput where the first is after the second */
export function assertDateRange({ from, to }: { from?: string | undefined; to?: string | undefined }): void {
  if (from !== undefined && to !== undefined && from > to)
    throw new InvalidInput([{ pointer: '?from', detail: 'is after to' }])
}
