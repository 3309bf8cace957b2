import { createHmac, timingSafeEqual } from 'node:crypto'
import { type LookupAnswer, type LookupQuery, receipt, type VerifyAnswer } from '#contract/schemas/query.ts'
import { canonical } from '../records/digest.ts'

export interface Told {
  answer: LookupAnswer['answer']
  /** When, and at which location. */
  at: string
  location: string
  query: LookupQuery
}

const mac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url')

const signed = (key: string, payload: string): string => `${payload}.${mac(key, payload)}`

/** A signed note of an answer, with nothing personal to read in it: what was asked is a keyed hash. */
export function sealReceipt(key: string, { query, ...told }: Told): string {
  const note = canonical({ ...told, asked: mac(key, canonical(query)) })
  return signed(key, Buffer.from(note).toString('base64url'))
}

const NOT_OURS: VerifyAnswer = { valid: false, answer: null, at: null, location: null }

/** What a receipt says; of one that was changed in any way, or is another's, only that it is not valid. */
export function verifyReceipt(key: string, text: string): VerifyAnswer {
  const [payload = ''] = text.split('.')
  const expected = Buffer.from(signed(key, payload))
  const given = Buffer.from(text)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return NOT_OURS
  const { answer, at, location } = receipt.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  return { valid: true, answer, at, location }
}
