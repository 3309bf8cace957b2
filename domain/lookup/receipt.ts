import { createHmac } from 'node:crypto'
import { type LookupAnswer, type LookupQuery, receipt, type VerifyAnswer } from '#contract/schemas/query.ts'
import { canonical } from '../records/digest.ts'
import { type Sign, seal, unseal } from '../signed.ts'

export interface Told {
  answer: LookupAnswer['answer']
  /** When, and at which location. */
  at: string
  location: string
  query: LookupQuery
}

const signing =
  (key: string): Sign =>
  text =>
    createHmac('sha256', key).update(text).digest('base64url')

/** A signed note of an answer, with nothing personal to read in it: what was asked is a keyed hash. */
export function sealReceipt(key: string, { query, ...told }: Told): string {
  const sign = signing(key)
  return seal(sign, { ...told, asked: sign(canonical(query)) })
}

const NOT_OURS: VerifyAnswer = { valid: false, answer: null, at: null, location: null }

/** What a receipt says; of one that was changed in any way, or is another's, only that it is not valid. */
export function verifyReceipt(key: string, text: string): VerifyAnswer {
  const note = unseal(signing(key), text)
  if (note === undefined) return NOT_OURS
  const { answer, at, location } = receipt.parse(note)
  return { valid: true, answer, at, location }
}
