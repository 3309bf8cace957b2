import { createHmac } from 'node:crypto'
import type { LookupQuery } from '#contract/schemas/query.ts'
import { documentKey } from '../matching/exact-keys.ts'
import { words } from '../matching/normalise.ts'

/** The part of an address that identifies its holder: a whole /64 in IPv6, since its holder may use all of it. */
export function ipPrefix(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [front = '', back] = address.split('::')
  const groups = front.split(':').filter(group => group !== '')
  const rest = back === undefined ? [] : back.split(':').filter(group => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}

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

/** What a search, a match, a lookup or a list names. */
export interface Question {
  q?: string | null | undefined
  surname?: string | null | undefined
  given_name?: string | null | undefined
  document_number?: string | null | undefined
}

const isText = (text: string | null | undefined): text is string => typeof text === 'string'

/**
 * Keyed hashes of a question: of all words of its names together, in any order, case and script, and of each document number. Questions that
 * ask the same have a hash in common. A text may be a name or a number, so it has the hashes of both.
 */
export function questionHashes(key: string, { q, surname, given_name, document_number }: Question): string[] {
  const names = words([q, surname, given_name].filter(isText).join(' '))
  const numbers = [document_number, isText(q) && /\d/.test(q) ? q : null].filter(isText).map(text => documentKey(text))
  return [
    ...new Set([
      ...(names.length > 0 ? [keyedHash(key, 'name', names.toSorted().join(' '))] : []),
      ...numbers.flatMap(number => (number === null ? [] : [keyedHash(key, 'document_number', number)])),
    ]),
  ]
}
