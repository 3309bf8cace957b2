import type { DynamoDBRecord } from 'aws-lambda'
import { currentOf } from '#adapters/dynamodb/rows.ts'
import { imageOf, oldImageOf } from '#adapters/dynamodb/stream.ts'
import type { Field } from '#contract/schemas/field.ts'
import { entryOf, markOf } from '#domain/search/entry.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { isCustomer } from './identified.ts'

/** What the index is to hold of the customers whose rows changed, in the order of the changes; of one whose row went, a mark alone. */
export const entriesIn = (records: readonly DynamoDBRecord[], fields: ReadonlyMap<string, Field>): IndexEntry[] =>
  records.flatMap(record => {
    const [now, before] = [imageOf(record), oldImageOf(record)]
    if (isCustomer(now)) return [entryOf(currentOf(now), fields)]
    return now === null && isCustomer(before) ? [markOf(entryOf(currentOf(before), fields))] : []
  })
