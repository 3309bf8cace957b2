import { createHmac } from 'node:crypto'
import type { LookupQuery } from '#contract/schemas/query.ts'
import { documentKey } from '../matching/exact-keys.ts'
import { words } from '../matching/normalise.ts'
import { ipPrefix } from './ip-prefix.ts'

/**
 * A keyed hash of a named value (HMAC-SHA-256, 132 bits). Equal values have equal hashes; without the key, nothing can be derived from it.
 */
export const keyedHash = (key: string, name: string, value: string): string =>
  createHmac('sha256', key).update(`${name}\n${value}`).digest('base64url').slice(0, 22)

export const networkHash = (key: string, address: string): string => keyedHash(key, 'network', ipPrefix(address))

export const receiptHash = (key: string, receipt: string): string => keyedHash(key, 'receipt', receipt)

/** The normalised form of a value; the value itself if nothing is left. */
const normal = {
  surname: (text: string) => words(text).join(' ') || text,
  given_name: (text: string) => words(text).join(' ') || text,
  dob: (text: string) => text,
  document_number: (text: string) => documentKey(text) ?? text,
}

/** The criteria of a lookup as keyed hashes by field. Spellings that compare equal have the same hash. */
export function askedHashes(key: string, query: LookupQuery): Record<string, string> {
  const fields = ['surname', 'given_name', 'dob', 'document_number'] as const
  return Object.fromEntries(
    fields.flatMap(field => {
      const value = query[field] ?? null
      return value === null ? [] : [[field, keyedHash(key, field, normal[field](value))]]
    }),
  )
}
