import { MAX_SHOWN } from '#domain/audit/port.ts'
import { type Question, questionHashes } from '#domain/lookup/keyed-hashes.ts'
import { getSettings } from '../runtime/settings.ts'
import type { HandlerContext } from './operation.ts'

/**
 * Notes for the access row whom the response shows: the first ids, and how many customers there are. The row is written from then on, while
 * the response is made. A handler may note whom it probably shows, and then whom it shows.
 */
export function noteShown(
  { accessDetails, startAccessRow }: Pick<HandlerContext, 'accessDetails' | 'startAccessRow'>,
  ids: readonly string[],
): void {
  const customers = [...new Set(ids)]
  accessDetails.shown = customers.slice(0, MAX_SHOWN)
  accessDetails.shown_count = customers.length
  startAccessRow?.()
}

/** Notes for the access row what was asked, as keyed hashes. */
export function noteAsked(
  { accessDetails }: Pick<HandlerContext, 'accessDetails'>,
  questions: readonly Question[],
): void {
  const key = getSettings().RECEIPT_KEY
  const hashes = new Set(questions.flatMap(question => questionHashes(key, question)))
  if (hashes.size > 0) accessDetails.questions = [...hashes]
}
