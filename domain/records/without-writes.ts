import type { CurrentRecord } from './current.ts'
import type { RecordStore } from './port.ts'
import type { VersionReader } from './read.ts'
import { compareVersions, type Kind, toKey, type Version } from './version.ts'

/**
 * A store that reads what another holds and keeps what is committed to itself, so that later steps of a preview see earlier ones. It never
 * calls a method of the other that writes.
 */
export function withoutWrites(store: RecordStore): RecordStore {
  const rows = new Map<string, CurrentRecord>()
  const versions = new Map<string, Version[]>()
  const keyOf = (kind: Kind, id: string) => `${kind}#${id}`
  const kept = (kind: Kind, id: string): Version[] => versions.get(keyOf(kind, id)) ?? []

  const read =
    (kind: Kind, id: string, stored: VersionReader): VersionReader =>
    async range => {
      const { above, below, newestFirst, limit } = range
      const within = kept(kind, id).filter(
        v => (above === undefined || toKey(v) > above) && (below === undefined || toKey(v) < below),
      )
      const all = [...(await stored(range)), ...within].sort(compareVersions)
      return (newestFirst ? all.reverse() : all).slice(0, limit)
    }

  const take = (row: CurrentRecord): void => void rows.set(keyOf(row.kind, row.id), row)
  const unused = async (): Promise<never> => {
    throw new Error('A preview writes nothing')
  }
  return {
    current: async (kind, id, consistent) => rows.get(keyOf(kind, id)) ?? store.current(kind, id, consistent),
    async currents(kind, ids, consistent) {
      const open = ids.filter(id => !rows.has(keyOf(kind, id)))
      const stored = new Map((await store.currents(kind, open, consistent)).map(row => [row.id, row]))
      return ids.flatMap(id => rows.get(keyOf(kind, id)) ?? stored.get(id) ?? [])
    },
    versions: (kind, id, consistent) => read(kind, id, store.versions(kind, id, consistent)),
    version: async (kind, id, key) => kept(kind, id).find(v => toKey(v) === key) ?? store.version(kind, id, key),
    async loadPartition(kind, id) {
      const partition = await store.loadPartition(kind, id)
      return { ...partition, versions: [...partition.versions, ...kept(kind, id)] }
    },
    async commit(writes) {
      for (const { row, version } of writes) {
        take(row)
        versions.set(keyOf(row.kind, row.id), [...kept(row.kind, row.id), version])
      }
      return { done: true }
    },
    async put(row) {
      take(row)
      return { done: true }
    },
    drop: async () => ({ done: true }),
    storedRows: unused,
    putTombstone: unused,
    withdrawPurge: unused,
    remove: unused,
    redact: unused,
    records: (from, limit) => store.records(from, limit),
    conflicted: (from, limit) => store.conflicted(from, limit),
    countConflicted: limit => store.countConflicted(limit),
    findTombstoned: (kind, ids, by) => store.findTombstoned(kind, ids, by),
    redactedVersions: (kind, id) => store.redactedVersions(kind, id),
  }
}
