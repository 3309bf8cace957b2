import { timingSafeEqual } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** Signs a text. */
export type Sign = (text: string) => string

const signed = (sign: Sign, text: string): string => `${text}.${sign(text)}`

/** Encodes a value as an opaque, signed text. */
export const signPayload = (sign: Sign, value: unknown): string =>
  signed(sign, Buffer.from(canonicalJson(value)).toString('base64url'))

/** Verifies and decodes a signed text; undefined if it was changed. The comparison is of the whole text, so that no bit is ignored. */
export function verifyPayload(sign: Sign, sealed: string): unknown {
  const [text = ''] = sealed.split('.')
  const expected = Buffer.from(signed(sign, text))
  const actual = Buffer.from(sealed)
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined
  return JSON.parse(Buffer.from(text, 'base64url').toString())
}
