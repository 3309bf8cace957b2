import { createHmac } from 'node:crypto'
import type { LookupAnswer, LookupQuery } from '#contract/schemas/query.ts'
import { canonical } from '../records/digest.ts'

export interface Receipt {
  answer: LookupAnswer['answer']
  /** When, and of which location's list. */
  at: string
  location: string
  query: LookupQuery
}

const mac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url')

/** A signed note of an answer, with nothing personal to read in it: what was asked is a keyed hash. */
export function sealReceipt(key: string, { query, ...told }: Receipt): string {
  const payload = Buffer.from(canonical({ ...told, asked: mac(key, canonical(query)) })).toString('base64url')
  return `${payload}.${mac(key, payload)}`
}
