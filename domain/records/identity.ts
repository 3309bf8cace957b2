import * as z from 'zod'
import type { State } from './version.ts'

/** The fields by which a customer is known, in the order in which an identity has them. */
export const IDENTIFYING = ['surname', 'given_name', 'dob', 'document_number'] as const

/** What identified a record at some moment: the values of the identifying fields. */
export const identity = z.array(z.string().nullable())
export type Identity = z.infer<typeof identity>

export const identityOf = (state: State): Identity =>
  IDENTIFYING.map(field => (state[field] === undefined ? null : String(state[field])))

/** A state with nothing in it but an identity. */
export const stateOf = (identity: Identity): State =>
  Object.fromEntries(
    IDENTIFYING.flatMap((field, n) => {
      const value = identity[n] ?? null
      return value === null ? [] : [[field, value]]
    }),
  )

export const sameIdentity = (a: Identity, b: Identity): boolean => a.every((value, n) => value === b[n])

/** How many identities of a record are remembered. */
const KEPT = 8

/** Identities with one more, the newest last. */
export const remembered = (identities: readonly Identity[], one: Identity): Identity[] =>
  [...identities.filter(other => !sameIdentity(other, one)), one].slice(-KEPT)
