import type { DynamoDBRecord } from 'aws-lambda'
import { accessDayIn, accessFound } from '#adapters/dynamodb/access-store.ts'
import { RESIDUE, recordOf, residueOf, VERSION } from '#adapters/dynamodb/rows.ts'
import { imageOf } from '#adapters/dynamodb/stream.ts'
import { lineKey } from '#domain/records/line.ts'
import { partsOf } from '#domain/records/version.ts'

/** The keys in the audit of what came: versions, what stays of them, accesses and their outcomes. */
export const toAuditEntryKeys = (records: readonly DynamoDBRecord[]): string[] =>
  records.flatMap(record => {
    const image = imageOf(record)
    if (image === null) return []
    const [pk, sk] = [String(image.pk), String(image.sk)]
    if (sk.startsWith(VERSION)) return [lineKey({ ...recordOf(pk), ...partsOf(sk.slice(VERSION.length)) })]
    if (sk.startsWith(RESIDUE)) return [lineKey(residueOf(image))]
    return accessDayIn(pk) === null ? [] : [accessFound(image).key]
  })
