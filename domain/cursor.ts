import { createHmac, timingSafeEqual } from 'node:crypto'
import type * as z from 'zod'
import { InvalidCursor } from './errors.ts'
import { canonical } from './records/digest.ts'

const tag = (key: string, query: unknown, place: string): Buffer =>
  createHmac('sha256', key).update(canonical(query)).update('\n').update(place).digest().subarray(0, 16)

/** A place in an answer as an opaque text, signed together with the query that it belongs to. */
export function sealCursor(key: string, query: unknown, place: unknown): string {
  const text = Buffer.from(canonical(place)).toString('base64url')
  return `${text}.${tag(key, query, text).toString('base64url')}`
}

/** The place that a cursor names. @throws InvalidCursor when it was changed or belongs to another query. */
export function openCursor<T>(key: string, query: unknown, cursor: string, schema: z.ZodType<T>): T {
  const [text = '', signature = ''] = cursor.split('.')
  const expected = tag(key, query, text)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new InvalidCursor()
  return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
}
