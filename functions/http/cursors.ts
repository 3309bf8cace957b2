import type * as z from 'zod'
import { decodeCursor, encodeCursor } from '#domain/cursor.ts'
import { getSettings } from '../runtime/settings.ts'

/**
 * Encodes and decodes the cursors of one query. A missing cursor is null and means the first page; a null position means that no page
 * follows.
 *
 * @param pointer where requests have the cursor. Default: in the query.
 */
export function createCursors<T>(query: unknown, position: z.ZodType<T>, pointer?: string) {
  const key = getSettings().CURSOR_KEY
  return {
    /** @throws InvalidCursor when it was changed in any way or belongs to another query. */
    open: (cursor: string | undefined): T | null =>
      cursor === undefined ? null : decodeCursor(key, query, cursor, position, pointer),
    seal: (next: T | null): string | null => (next === null ? null : encodeCursor(key, query, next)),
  }
}
