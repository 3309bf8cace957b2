import type { StoredEntry } from '../audit/port.ts'
import type { RecentEntries } from '../audit/recent-entries.ts'
import type { Heartbeat } from '../locations/port.ts'
import type { StoredPurchase } from '../purchases/port.ts'
import { lineKey, type RedactedVersion } from '../records/change-log-entry.ts'
import type { RecordRef } from '../records/port.ts'
import type { Version } from '../records/version.ts'
import type { ErasureRecord } from '../retention/port.ts'

/** A change of the registry, decoded from its stream. Rows that no view depends on are left out. */
export type RegistryChange =
  | { type: 'version-added'; version: Version }
  | { type: 'version-removed'; version: Version }
  /** What is kept of a removed version. */
  | { type: 'version-redacted'; version: RedactedVersion }
  /** An erasure that began, here or at another location. */
  | { type: 'erasure'; erasure: ErasureRecord }
  | { type: 'tombstone'; record: RecordRef; erased: boolean }
  /** A purchase that was stored, replaced or removed. */
  | { type: 'purchase'; purchase: StoredPurchase }
  | { type: 'heartbeat'; heartbeat: Heartbeat }
  /** An access or its outcome: its day, and the key of its audit entry. */
  | { type: 'access'; day: string; key: string; entry: StoredEntry }

type ChangeType = RegistryChange['type']

/** The changes of one type, in the order of the stream. */
export const ofType = <T extends ChangeType>(
  changes: readonly RegistryChange[],
  type: T,
): Extract<RegistryChange, { type: T }>[] =>
  changes.filter((change): change is Extract<RegistryChange, { type: T }> => change.type === type)

/** The customers that the batch erases. */
export const toErasedCustomers = (changes: readonly RegistryChange[]): string[] => [
  ...new Set(
    ofType(changes, 'tombstone').flatMap(({ record, erased }) =>
      erased && record.kind === 'customer' ? [record.id] : [],
    ),
  ),
]

/** The audit keys of a batch: versions, removed versions, accesses and their outcomes. */
export const toAuditKeys = (changes: readonly RegistryChange[]): string[] =>
  changes.flatMap(change => {
    if (change.type === 'version-added' || change.type === 'version-redacted') return [lineKey(change.version)]
    return change.type === 'access' ? [change.key] : []
  })

/** Notes the audit entries of a batch, before there are change-log entries for its versions. */
export function noteEntries(recent: RecentEntries, changes: readonly RegistryChange[]): void {
  for (const change of changes) {
    if (change.type === 'version-added' || change.type === 'version-redacted') recent.noteLine(change.version)
    if (change.type !== 'access') continue
    if ('of' in change.entry) recent.noteDisclosure(change.entry.of, change.entry)
    else if ('access' in change.entry) recent.noteAccess(change.entry.access)
  }
}
