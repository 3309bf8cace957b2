import * as z from 'zod'
import type { State } from './version.ts'

/** The fields by which a customer is known, in the order in which an identity has them. */
export const IDENTIFYING = ['surname', 'given_name', 'dob', 'document_number'] as const

/** What identified a record at some moment: the values of the identifying fields. */
export const identity = z.array(z.string().nullable())
export type Identity = z.infer<typeof identity>

export const toIdentity = (state: State): Identity =>
  IDENTIFYING.map(field => (state[field] === undefined ? null : String(state[field])))

/** A state with nothing in it but an identity. */
export const toState = (identity: Identity): State =>
  Object.fromEntries(
    IDENTIFYING.flatMap((field, n) => {
      const value = identity[n] ?? null
      return value === null ? [] : [[field, value]]
    }),
  )

export const sameIdentity = (a: Identity, b: Identity): boolean => a.every((value, n) => value === b[n])

/** An identity that a version of the record had; `at`: when the last such one was recorded, and where. */
export const held = z.object({ at: z.string(), who: identity })
export type PastIdentity = z.infer<typeof held>

/** How many identities of a record are remembered. */
const KEPT = 6

/** Identities with one more, in the order of recording; the same in whatever order they are told. */
export function rememberIdentity(identities: readonly PastIdentity[], one: PastIdentity): PastIdentity[] {
  const other = identities.find(({ who }) => sameIdentity(who, one.who))
  const last = other && other.at > one.at ? other : one
  return [...identities.filter(known => known !== other), last].sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-KEPT)
}
