import { createHmac } from 'node:crypto'
import { type LookupAnswer, type LookupQuery, receipt, type VerifyAnswer } from '#contract/schemas/query.ts'
import type { AccessStore } from '../audit/port.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { RequestContext } from '../ports.ts'
import { type Sign, signPayload, verifyPayload } from '../signed.ts'
import { networkHash, receiptHash } from './keyed-hashes.ts'

export interface LookupOutcome {
  answer: LookupAnswer['answer']
  /** When, and at which location. */
  at: string
  location: string
  /** From which list: as it was known at that location at this moment. */
  known_at: string
  query: LookupQuery
}

const signing =
  (key: string): Sign =>
  text =>
    createHmac('sha256', key).update(text).digest('base64url')

/** A signed note of an answer, with nothing personal to read in it: what was asked is a keyed hash. */
export function signReceipt(key: string, { query, ...told }: LookupOutcome): string {
  const sign = signing(key)
  return signPayload(sign, { ...told, asked: sign(canonicalJson(query)) })
}

const INVALID_RECEIPT: VerifyAnswer = { valid: false, answer: null, at: null, location: null, known_at: null }

/** What a receipt says; of one that was changed in any way, or is another's, only that it is not valid. */
function read(key: string, text: string): VerifyAnswer {
  const note = verifyPayload(signing(key), text)
  if (note === undefined) return INVALID_RECEIPT
  const { answer, at, location, known_at } = receipt.parse(note)
  return { valid: true, answer, at, location, known_at }
}

/** Tells anyone what a receipt says, and writes down that it was asked for. What cannot be written down is not told. */
export async function verifyReceipt(
  { accesses }: { accesses: AccessStore },
  { now, location, actor, request_id }: RequestContext,
  text: string,
  address: string,
  key: string,
): Promise<VerifyAnswer> {
  const answer = read(key, text)
  const asked = { receipt: receiptHash(key, text), network: networkHash(key, address) }
  const outcome = answer.answer ?? 'not_valid'
  await accesses.record({ at: now, request_id, location, actor, action: 'verifyLookup', outcome, asked })
  return answer
}
