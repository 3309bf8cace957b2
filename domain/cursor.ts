import { createHmac, timingSafeEqual } from 'node:crypto'
import type * as z from 'zod'
import { InvalidCursor } from './errors.ts'
import { canonical } from './records/digest.ts'

const signed = (key: string, query: unknown, text: string): string => {
  const mac = createHmac('sha256', key).update(canonical(query)).update('\n').update(text).digest().subarray(0, 16)
  return `${text}.${mac.toString('base64url')}`
}

/** A place in an answer as an opaque text, signed together with the query that it belongs to. */
export const sealCursor = (key: string, query: unknown, place: unknown): string =>
  signed(key, query, Buffer.from(canonical(place)).toString('base64url'))

/** The place that a cursor names. @throws InvalidCursor when it was changed in any way or belongs to another query. */
export function openCursor<T>(key: string, query: unknown, cursor: string, schema: z.ZodType<T>): T {
  const [text = ''] = cursor.split('.')
  const expected = Buffer.from(signed(key, query, text))
  const given = Buffer.from(cursor)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new InvalidCursor()
  const place = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  if (!place.success) throw new InvalidCursor()
  return place.data
}
