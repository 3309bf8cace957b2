import { createHmac } from 'node:crypto'
import type * as z from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { InvalidCursor } from './errors.ts'
import { type Sign, signPayload, verifyPayload } from './signed.ts'

/** Signs a position together with its query. */
const signing =
  (key: string, query: unknown): Sign =>
  text => {
    const mac = createHmac('sha256', key).update(canonicalJson(query)).update('\n').update(text).digest()
    return mac.subarray(0, 16).toString('base64url')
  }

/** Encodes a position as an opaque cursor, signed together with its query. */
export const encodeCursor = (key: string, query: unknown, place: unknown): string =>
  signPayload(signing(key, query), place)

/** Decodes a cursor. @throws InvalidCursor if it was changed or belongs to another query. */
export function decodeCursor<T>(key: string, query: unknown, cursor: string, schema: z.ZodType<T>): T {
  const place = schema.safeParse(verifyPayload(signing(key, query), cursor))
  if (!place.success) throw new InvalidCursor()
  return place.data
}
