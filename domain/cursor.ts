import { createHmac } from 'node:crypto'
import type * as z from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { InvalidCursor } from './errors.ts'
import { type Sign, signPayload, verifyPayload } from './signed.ts'

/** Signs a place together with the query that it belongs to. */
const signing =
  (key: string, query: unknown): Sign =>
  text => {
    const mac = createHmac('sha256', key).update(canonicalJson(query)).update('\n').update(text).digest()
    return mac.subarray(0, 16).toString('base64url')
  }

/** A place in an answer as an opaque text, signed together with the query that it belongs to. */
export const encodeCursor = (key: string, query: unknown, place: unknown): string =>
  signPayload(signing(key, query), place)

/** The place that a cursor names. @throws InvalidCursor when it was changed in any way or belongs to another query. */
export function decodeCursor<T>(key: string, query: unknown, cursor: string, schema: z.ZodType<T>): T {
  const place = schema.safeParse(verifyPayload(signing(key, query), cursor))
  if (!place.success) throw new InvalidCursor()
  return place.data
}
