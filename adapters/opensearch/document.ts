/** An entry as the document that OpenSearch keeps: the entry itself in one piece, and the keys under which it is found. */
import * as z from 'zod'
import { person } from '#contract/schemas/search.ts'
import type { Candidate, IndexEntry } from '#domain/ports.ts'
import { type Keys, keysOf } from './keys.ts'

export interface Document {
  id: string
  /** Of whom they are, or of whom they were when they are off the list. */
  type: string | null
  listed: boolean
  now?: Keys
  was?: Keys
  /** The entry as JSON, in base64. */
  entry: string
}

/** Who is off the list has no keys of now, so that no query has to ask for that. */
export function documentOf({ id, person, past }: IndexEntry): Document {
  return {
    id,
    type: person?.type ?? past[0]?.type ?? null,
    listed: person !== null,
    ...(person ? { now: keysOf([person]) } : {}),
    ...(past.length > 0 ? { was: keysOf(past) } : {}),
    entry: Buffer.from(JSON.stringify([id, person, past])).toString('base64'),
  }
}

const entry = z.tuple([z.string(), person.nullable(), z.array(person)])

/**
 * Customers who came up before, by what was kept of them: the same come up in query after query, and the matcher remembers what it has
 * worked out about a person. A bounded memory of a pure function.
 */
const remembered = new Map<string, Candidate>()
const REMEMBERED = 10_000

/** The entry of a document. */
export function entryIn(base64: string): Candidate {
  const known = remembered.get(base64)
  if (known !== undefined) return known
  const [id, person, past] = entry.parse(JSON.parse(Buffer.from(base64, 'base64').toString()))
  const candidate = { id, person, past }
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(base64, candidate)
  return candidate
}
