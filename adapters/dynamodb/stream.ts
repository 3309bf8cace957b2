import type { DynamoDBRecord } from 'aws-lambda'
import type { CustomerChange, ViewChange } from '#domain/views/project-customers.ts'
import type { RegistryChange } from '#domain/views/registry-change.ts'
import { accessDayIn, toStoredAccess } from './access-store.ts'
import { fromAttributes } from './attribute-values.ts'
import { isObject } from './document-shapes.ts'
import { toErasure } from './erasure-store.ts'
import { ERASED, PURGED, RESIDUE, toCurrent, toRecord, toRedactedVersion, toVersion, VERSION } from './items.ts'
import { probeIn, toHeartbeat } from './location-store.ts'
import { isPurchase, toStored } from './purchase-rows.ts'

type Row = Record<string, unknown>

const toRow = (image: unknown): Row | null => (isObject(image) ? fromAttributes(image) : null)

/** The row that a stream record leaves; null if the row was deleted. */
export const toNewRow = (record: DynamoDBRecord): Row | null => toRow(record.dynamodb?.NewImage)

const toOldRow = (record: DynamoDBRecord): Row | null => toRow(record.dynamodb?.OldImage)

/** The change that a row of the registry stands for after it was written. */
function decodeWritten(row: Row): RegistryChange | null {
  const [pk, sk] = [String(row.pk), String(row.sk)]
  if (sk.startsWith(VERSION)) return { type: 'version-added', version: toVersion(row) }
  if (sk.startsWith(RESIDUE)) return { type: 'version-redacted', version: toRedactedVersion(row) }
  if (sk === ERASED || sk === PURGED) return { type: 'tombstone', record: toRecord(pk), erased: sk === ERASED }
  const day = accessDayIn(pk)
  if (day !== null) {
    const entry = toStoredAccess(row)
    return { type: 'access', day, key: entry.key, entry }
  }
  const erasure = toErasure(row)
  if (erasure !== null) return { type: 'erasure', erasure }
  const heartbeat = toHeartbeat(row)
  return heartbeat && { type: 'heartbeat', heartbeat }
}

function decodeRegistryRecord(record: DynamoDBRecord): (RegistryChange | null)[] {
  const [before, after] = [toOldRow(record), toNewRow(record)]
  // A replaced purchase is counted by both of its times.
  const purchases = [before, after].filter(row => row !== null).filter(({ pk }) => isPurchase(String(pk)))
  if (purchases.length > 0) return purchases.map(row => ({ type: 'purchase', purchase: toStored(row) }))
  if (after !== null) return [decodeWritten(after)]
  return before !== null && String(before.sk).startsWith(VERSION)
    ? [{ type: 'version-removed', version: toVersion(before) }]
    : []
}

/** Decodes a batch of the registry's stream. @throws if a row is invalid */
export const toRegistryChanges = (records: readonly DynamoDBRecord[]): RegistryChange[] =>
  records.flatMap(decodeRegistryRecord).filter(change => change !== null)

const toCustomer = (row: Row | null): CustomerChange['before'] =>
  String(row?.pk).startsWith('customers#') ? toCurrent(row) : null

function decodeViewRecord(record: DynamoDBRecord): ViewChange[] {
  const [before, after] = [toOldRow(record), toNewRow(record)]
  const sent = after && probeIn(after)
  if (sent) return [{ type: 'probe', sent }]
  const change: CustomerChange = { type: 'customer', before: toCustomer(before), after: toCustomer(after) }
  return change.before === null && change.after === null ? [] : [change]
}

/** Decodes a batch of the views' stream. @throws if a row is invalid */
export const toViewChanges = (records: readonly DynamoDBRecord[]): ViewChange[] => records.flatMap(decodeViewRecord)
