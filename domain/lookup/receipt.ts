import { createHmac } from 'node:crypto'
import { type LookupAnswer, type LookupQuery, receipt, type VerifyAnswer } from '#contract/schemas/query.ts'
import type { AccessStore } from '../audit/port.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { RequestContext } from '../ports.ts'
import { type Sign, signPayload, verifyPayload } from '../signed.ts'
import { networkHash, receiptHash } from './keyed-hashes.ts'

export interface LookupOutcome {
  answer: LookupAnswer['answer']
  /** When and at which location the lookup was answered. */
  at: string
  location: string
  /** The list that it refers to: as known at that location at this moment. */
  known_at: string
  query: LookupQuery
}

const signing =
  (key: string): Sign =>
  text =>
    createHmac('sha256', key).update(text).digest('base64url')

/** Signs a receipt of an answer. It has no personal data: the criteria are a keyed hash. */
export function signReceipt(key: string, { query, ...outcome }: LookupOutcome): string {
  const sign = signing(key)
  return signPayload(sign, { ...outcome, asked: sign(canonicalJson(query)) })
}

const INVALID_RECEIPT: VerifyAnswer = { valid: false, answer: null, at: null, location: null, known_at: null }

/** Reads a receipt. If it was altered or signed with another key, it is reported as invalid, and nothing else. */
function read(key: string, text: string): VerifyAnswer {
  const note = verifyPayload(signing(key), text)
  if (note === undefined) return INVALID_RECEIPT
  const { answer, at, location, known_at } = receipt.parse(note)
  return { valid: true, answer, at, location, known_at }
}

/** Reads a receipt for anyone and records the access. Without this record there is no answer. */
export async function verifyReceipt(
  { accesses }: { accesses: AccessStore },
  { now, location, actor, request_id }: RequestContext,
  text: string,
  address: string,
  key: string,
): Promise<VerifyAnswer> {
  const answer = read(key, text)
  const trace = { receipt: receiptHash(key, text), network: networkHash(key, address) }
  const outcome = answer.answer ?? 'not_valid'
  await accesses.record({ at: now, request_id, location, actor, action: 'verifyLookup', outcome, asked: trace })
  return answer
}
