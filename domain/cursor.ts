import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type * as z from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { InvalidCursor } from './errors.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

const derive = (key: string, ...texts: readonly string[]): Buffer => {
  const mac = createHmac('sha256', key)
  for (const text of texts) mac.update(text).update('\n')
  return mac.digest()
}

const toEncryptionKey = (key: string): Buffer => derive(key, 'cursor')

/**
 * Encodes a position as an opaque cursor, which is valid for its query only. A position may contain a sort key such as a surname. Cursors are
 * in URLs, so they are encrypted. The nonce is derived from the content: the same position always has the same cursor.
 */
export function encodeCursor(key: string, query: unknown, place: unknown): string {
  const [about, text] = [canonicalJson(query), canonicalJson(place)]
  const nonce = derive(key, 'cursor nonce', about, text).subarray(0, NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, toEncryptionKey(key), nonce).setAAD(Buffer.from(about))
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** The encrypted text of a cursor; null if it was changed or belongs to another query. */
function decrypt(key: string, query: unknown, cursor: string): string | null {
  const bytes = Buffer.from(cursor, 'base64url')
  // The decoder passes over characters and bits that are not base64url.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== cursor) return null
  const decipher = createDecipheriv(CIPHER, toEncryptionKey(key), bytes.subarray(0, NONCE_BYTES))
  decipher.setAAD(Buffer.from(canonicalJson(query))).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)).toString() + decipher.final().toString()
  } catch {
    return null
  }
}

/** Decodes a cursor. @param pointer where the request has it. @throws InvalidCursor if it was changed or belongs to another query. */
export function decodeCursor<T>(
  key: string,
  query: unknown,
  cursor: string,
  schema: z.ZodType<T>,
  pointer?: string,
): T {
  const text = decrypt(key, query, cursor)
  const place = schema.safeParse(text === null ? undefined : JSON.parse(text))
  if (!place.success) throw new InvalidCursor(pointer)
  return place.data
}
