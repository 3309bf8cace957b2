import { createHmac } from 'node:crypto'
import {
  type LookupAnswer,
  type LookupQuery,
  receipt,
  type VerifyAnswer,
  type VerifyRequest,
} from '#contract/schemas/query.ts'
import type { AccessStore } from '../audit/port.ts'
import { canonicalJson } from '../canonical-json.ts'
import { TooManyRequests } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { type Sign, signPayload, verifyPayload } from '../signed.ts'
import { askedHashes, networkHash, receiptHash } from './keyed-hashes.ts'
import type { RateLimiter } from './port.ts'
import { INVALID, type LookupSettings, REFUSED, restOfDay } from './settings.ts'

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
  return signPayload(sign, { ...outcome, asked: hashDetails(key, query) })
}

/** A keyed hash of the criteria. Spellings that compare equal have the same hash. */
const hashDetails = (key: string, query: LookupQuery): string => signing(key)(canonicalJson(askedHashes(key, query)))

const INVALID_RECEIPT: VerifyAnswer = {
  valid: false,
  matches: null,
  answer: null,
  at: null,
  location: null,
  known_at: null,
}

/** Receipts of version 0.1 have a hash of the criteria as written. */
const isFor = (key: string, asked: string, details: LookupQuery): boolean =>
  asked === hashDetails(key, details) || asked === signing(key)(canonicalJson(details))

/** Reads a receipt. If it was altered or signed with another key, it is reported as invalid, and nothing else. */
function read(key: string, { receipt: text, details }: VerifyRequest): VerifyAnswer {
  const payload = verifyPayload(signing(key), text)
  if (payload === undefined) return INVALID_RECEIPT
  const { asked, ...content } = receipt.parse(payload)
  return { valid: true, matches: details === undefined ? null : isFor(key, asked, details), ...content }
}

/**
 * Reads a receipt for anyone and records the access. Without this record there is no answer.
 *
 * @param address the caller's IP address.
 * @throws TooManyRequests if the network's budget is used up.
 */
export async function verifyReceipt(
  { accesses, budgets }: { accesses: Pick<AccessStore, 'record'>; budgets: RateLimiter },
  { now, location, actor, request_id }: RequestContext,
  request: VerifyRequest,
  address: string,
  { key, budget }: LookupSettings,
): Promise<VerifyAnswer> {
  const network = networkHash(key, address)
  const trace = { receipt: receiptHash(key, request.receipt), network }
  const record = (outcome: string) =>
    accesses.record({ at: now, request_id, location, actor, action: 'verifyLookup', outcome, asked: trace })
  if (!(await budgets.consume(`verify#${network}`, now.slice(0, 10), budget))) {
    await record(REFUSED)
    throw new TooManyRequests('This address has used its verifications for today: try again tomorrow', restOfDay(now))
  }
  const answer = read(key, request)
  await record(answer.answer ?? INVALID)
  return answer
}
