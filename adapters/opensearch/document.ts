/** An index entry as an OpenSearch document: the encoded entry, and the keys by which it is found. */
import * as z from 'zod'
import type { Person } from '#contract/schemas/search.ts'
import { type ExactKeys, type SpellingKeys, toExactKeys, toSpellingKeys } from '#domain/matching/blocking/index-keys.ts'
import type { Value } from '#domain/records/version.ts'
import { toRangeKeys } from '#domain/search/date-range.ts'
import type { IndexEntry, Listing } from '#domain/search/port.ts'

/** The fields of the index that hold keys. */
export type IndexKeys = ExactKeys & SpellingKeys

const toKeys = (persons: readonly Person[]): IndexKeys => ({ ...toExactKeys(persons), ...toSpellingKeys(persons) })

export interface Document {
  id: string
  /** The type of the customer; of a past identity if the customer is off the list. */
  type: string | null
  listed: boolean
  state?: string
  surname?: string
  created_at?: string
  updated_at?: string
  /** The current and past dates of birth. */
  born: string[]
  /** @see toDetailKey */
  detail: string[]
  now?: IndexKeys
  was?: IndexKeys
  /** @see encodeEntry */
  entry: string
}

const MAX_DETAIL_KEY = 1000

const person = z
  .tuple([
    z.string(),
    z.string().nullable(),
    z.string().nullable(),
    z.string().nullable(),
    z.string().nullable(),
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  ])
  .transform(
    ([type, surname, given_name, dob, document_number, details]): Person => ({
      type,
      surname,
      given_name,
      dob,
      document_number,
      details,
    }),
  )
const listing = z
  .tuple([z.string(), z.string(), z.string(), z.string(), z.string()])
  .transform(
    ([state, type, surname, created_at, updated_at]): Listing => ({ state, type, surname, created_at, updated_at }),
  )
const entry = z.tuple([z.string(), person.nullable(), z.array(person), listing.nullable()])

const toValues = ({ type, surname, given_name, dob, document_number, details }: Person): z.input<typeof person> => [
  type,
  surname,
  given_name,
  dob,
  document_number,
  details,
]

const toListingValues = ({ state, type, surname, created_at, updated_at }: Listing): z.input<typeof listing> => [
  state,
  type,
  surname,
  created_at,
  updated_at,
]

/** The term of a detail. Long values share a term, so that it stays within the engine's limit. */
export const toDetailKey = ([name, value]: [string, Value]): string => `${name}=${value}`.slice(0, MAX_DETAIL_KEY)

/** An entry as base64 of JSON without member names, because every search reads two hundred of them. */
function encodeEntry({ id, person, past, listing }: IndexEntry): string {
  const written: z.input<typeof entry> = [
    id,
    person && toValues(person),
    past.map(toValues),
    listing === undefined ? null : toListingValues(listing),
  ]
  return Buffer.from(JSON.stringify(written)).toString('base64')
}

/** Customers off the list have no current keys, so that queries need no filter for them. */
export function toDocument(entry: IndexEntry): Document {
  const { id, person, past, listing } = entry
  const { type, ...sorted } = listing ?? {}
  return {
    id,
    type: type ?? person?.type ?? past[0]?.type ?? null,
    listed: person !== null,
    ...sorted,
    born: [...new Set([person, ...past].flatMap(identity => (identity?.dob ? toRangeKeys(identity.dob) : [])))],
    detail: Object.entries(person?.details ?? {}).map(toDetailKey),
    ...(person ? { now: toKeys([person]) } : {}),
    ...(past.length > 0 ? { was: toKeys(past) } : {}),
    entry: encodeEntry(entry),
  }
}

type DecodedEntry = Omit<IndexEntry, 'version'>

/** A bounded cache of decoded entries. The same candidates recur in many queries, and the matcher caches by person. */
const remembered = new Map<string, DecodedEntry>()
const REMEMBERED = 10_000

/** Decodes the entry of a document. */
export function decodeEntry(base64: string): DecodedEntry {
  const cached = remembered.get(base64)
  if (cached !== undefined) return cached
  const [id, person, past, listed] = entry.parse(JSON.parse(Buffer.from(base64, 'base64').toString()))
  const candidate = { id, person, past, ...(listed === null ? {} : { listing: listed }) }
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(base64, candidate)
  return candidate
}
