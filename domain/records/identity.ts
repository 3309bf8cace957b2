import * as z from 'zod'
import type { State } from './version.ts'

/** The identifying fields, in the order of an identity's values. */
export const IDENTIFYING = ['surname', 'given_name', 'dob', 'document_number'] as const

/** What identified a record at some moment: the values of the identifying fields. */
export const identity = z.array(z.string().nullable())
export type Identity = z.infer<typeof identity>

export const toIdentity = (state: State): Identity =>
  IDENTIFYING.map(field => (state[field] === undefined ? null : String(state[field])))

/** A state that holds only an identity. */
export const toState = (identity: Identity): State =>
  Object.fromEntries(
    IDENTIFYING.flatMap((field, n) => {
      const value = identity[n] ?? null
      return value === null ? [] : [[field, value]]
    }),
  )

export const sameIdentity = (a: Identity, b: Identity): boolean => a.every((value, n) => value === b[n])

/** An identity that the record had; `at` is when and where the last version with it was recorded. */
export const pastIdentity = z.object({ at: z.string(), who: identity })
export type PastIdentity = z.infer<typeof pastIdentity>

/** A single identity is not stored: the snapshot has it. */
export const compactIdentities = (identities: PastIdentity[]): PastIdentity[] =>
  identities.length > 1 ? identities : []

/** How many identities of a record are kept. */
const KEPT = 6

/** Adds an identity, in the order of recording. The result does not depend on the order of calls. */
export function rememberIdentity(identities: readonly PastIdentity[], latest: PastIdentity): PastIdentity[] {
  const same = identities.find(({ who }) => sameIdentity(who, latest.who))
  const last = same && same.at > latest.at ? same : latest
  return [...identities.filter(identity => identity !== same), last].sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-KEPT)
}
