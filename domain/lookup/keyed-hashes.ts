import { createHmac } from 'node:crypto'
import type { LookupQuery } from '#contract/schemas/query.ts'
import { documentKey } from '../matching/exact-keys.ts'
import { words } from '../matching/normalise.ts'
import { ipPrefix } from './ip-prefix.ts'

/** A keyed hash of a value of that name (HMAC-SHA-256, 132 bits): the same for the same value, and nothing is read from it without the key. */
const hash = (key: string, name: string, value: string): string =>
  createHmac('sha256', key).update(`${name}\n${value}`).digest('base64url').slice(0, 22)

export const networkHash = (key: string, address: string): string => hash(key, 'network', ipPrefix(address))

export const receiptHash = (key: string, receipt: string): string => hash(key, 'receipt', receipt)

/** A value in its normal form; one of which nothing is left in it as it is. */
const normal = {
  surname: (text: string) => words(text).join(' ') || text,
  given_name: (text: string) => words(text).join(' ') || text,
  dob: (text: string) => text,
  document_number: (text: string) => documentKey(text) ?? text,
}

/** What was asked for, as keyed hashes by field: a name spelt in another way that compares equal has the same. */
export function askedHashes(key: string, query: LookupQuery): Record<string, string> {
  const fields = ['surname', 'given_name', 'dob', 'document_number'] as const
  return Object.fromEntries(
    fields.flatMap(field => {
      const value = query[field] ?? null
      return value === null ? [] : [[field, hash(key, field, normal[field](value))]]
    }),
  )
}
