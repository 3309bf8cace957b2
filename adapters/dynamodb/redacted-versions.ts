import pMap from 'p-map'
import { type RedactedVersion, toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { type Kind, toKey, type Version } from '#domain/records/version.ts'
import { RESIDUE, recordPartition, residueKey, toRedactedVersion, VERSION, versionRow } from './items.ts'
import { putAbsent } from './put-if-absent.ts'
import type { Tables } from './tables.ts'
import { isConditionFailed } from './transaction-errors.ts'

/** Rows deleted or replaced concurrently. */
const CONCURRENCY = 10

/** Deletes versions and keeps of each who, when, where, the action and a digest. */
export async function removeVersions(tables: Tables, versions: readonly Version[]): Promise<void> {
  const TableName = tables.names.registry
  await pMap(
    versions,
    async v => {
      const { action, actor, digest } = toChangeLogEntry(v)
      // Before the version is deleted: a missing version without this row would look like tampering.
      await putAbsent(tables, TableName, { ...residueKey(v), action, actor, digest })
      const Key = { pk: recordPartition(v.kind, v.id), sk: VERSION + toKey(v) }
      await tables.remove({ TableName, Key })
    },
    { concurrency: CONCURRENCY },
  )
}

/** Replaces versions that are still there. */
export async function redactVersions(tables: Tables, versions: readonly Version[]): Promise<void> {
  const TableName = tables.names.registry
  await pMap(
    versions,
    async version => {
      try {
        await tables.put({ TableName, Item: versionRow(version), ConditionExpression: 'attribute_exists(pk)' })
      } catch (error) {
        // An erasure deleted it meanwhile.
        if (!isConditionFailed(error)) throw error
      }
    },
    { concurrency: CONCURRENCY },
  )
}

/** What is kept of a record's deleted versions. */
export async function toRedactedVersions(tables: Tables, kind: Kind, id: string): Promise<RedactedVersion[]> {
  const redacted: RedactedVersion[] = []
  const pages = tables.pages({
    TableName: tables.names.registry,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :residue)',
    ExpressionAttributeValues: { ':pk': recordPartition(kind, id), ':residue': RESIDUE },
  })
  for await (const { Items = [] } of pages) redacted.push(...Items.map(toRedactedVersion))
  return redacted
}
