import { timingSafeEqual } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** Makes the signature of a text. */
export type Sign = (text: string) => string

const signed = (sign: Sign, text: string): string => `${text}.${sign(text)}`

/** A value as an opaque text with its signature. */
export const signPayload = (sign: Sign, value: unknown): string =>
  signed(sign, Buffer.from(canonicalJson(value)).toString('base64url'))

/** The value of a sealed text; undefined where it was changed in any way. Compared whole and as text, so that no spare bit is free. */
export function verifyPayload(sign: Sign, sealed: string): unknown {
  const [text = ''] = sealed.split('.')
  const expected = Buffer.from(signed(sign, text))
  const given = Buffer.from(sealed)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  return JSON.parse(Buffer.from(text, 'base64url').toString())
}
