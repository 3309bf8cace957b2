import type { DynamoDBRecord } from 'aws-lambda'
import { accessDayIn, accessFound } from '#adapters/dynamodb/access-store.ts'
import { RESIDUE, residueOf, VERSION, versionOf } from '#adapters/dynamodb/rows.ts'
import { imageOf } from '#adapters/dynamodb/stream.ts'
import { lineKey } from '#domain/records/line.ts'

/** The keys in the audit of what came: versions, what stays of them, accesses and their outcomes. */
export const entryKeysIn = (records: readonly DynamoDBRecord[]): string[] =>
  records.flatMap(record => {
    const image = imageOf(record)
    if (image === null) return []
    const sk = String(image.sk)
    if (sk.startsWith(VERSION)) return [lineKey(versionOf(image))]
    if (sk.startsWith(RESIDUE)) return [lineKey(residueOf(image))]
    return accessDayIn(String(image.pk)) === null ? [] : [accessFound(image).key]
  })
