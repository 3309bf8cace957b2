import type { DynamoDBRecord } from 'aws-lambda'
import { accessDayIn, accessFound } from '#adapters/dynamodb/access-store.ts'
import { RESIDUE, toRecord, toRedactedVersion, VERSION } from '#adapters/dynamodb/items.ts'
import { toImage } from '#adapters/dynamodb/stream.ts'
import { lineKey } from '#domain/records/change-log-entry.ts'
import { parseKey } from '#domain/records/version.ts'

/** The audit keys of a batch: versions, deleted versions, accesses and their outcomes. */
export const toAuditEntryKeys = (records: readonly DynamoDBRecord[]): string[] =>
  records.flatMap(record => {
    const image = toImage(record)
    if (image === null) return []
    const [pk, sk] = [String(image.pk), String(image.sk)]
    if (sk.startsWith(VERSION)) return [lineKey({ ...toRecord(pk), ...parseKey(sk.slice(VERSION.length)) })]
    if (sk.startsWith(RESIDUE)) return [lineKey(toRedactedVersion(image))]
    return accessDayIn(pk) === null ? [] : [accessFound(image).key]
  })
