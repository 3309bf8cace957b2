import { mergeTombstones, NO_TOMBSTONE, type Tombstone } from '#domain/records/tombstone.ts'
import type { Version } from '#domain/records/version.ts'
import { nameOf } from './reference-model.ts'

const toRecord = ({ kind, id }: Pick<Version, 'kind' | 'id'>): string => `${kind}#${id}`

const nameOfRecorded = (v: Version): string => `${toRecord(v)} ${nameOf(v)}`

/** What really happened: every version that any table stored, and when it arrived at each location. */
export class Ledger {
  readonly #versions = new Map<string, Version[]>()
  /** Versions by location and record, in order of arrival, with the step. */
  readonly #arrivals = new Map<string, { step: number; version: Version }[]>()
  /** The clocks of current rows by location and record; null: no row. */
  readonly #rows = new Map<string, { step: number; clock: Version['clock'] | null }[]>()

  /** The tombstone of each record. */
  readonly #tombstones = new Map<string, Tombstone>()

  /** The steps at which versions were written, and those at which versions of a record were deleted. */
  readonly #written = new Map<string, number>()
  readonly #deletions = new Map<string, number[]>()

  /** Records of which an erasure has changed versions. */
  readonly #redacted = new Set<string>()

  addTombstone(record: Pick<Version, 'kind' | 'id'>, tombstone: Tombstone): void {
    this.#tombstones.set(toRecord(record), mergeTombstones(this.getTombstone(record), tombstone))
  }

  getTombstone(record: Pick<Version, 'kind' | 'id'>): Tombstone {
    return this.#tombstones.get(toRecord(record)) ?? NO_TOMBSTONE
  }

  /** Whether a version must be deleted. */
  isGone(v: Version): boolean {
    const { purged, erased } = this.getTombstone(v)
    return erased || (purged[v.location] ?? '') >= v.recorded_at
  }

  /** Whether no version of a record was ever purged, erased or expired. */
  isPlain(kind: Version['kind'], id: string): boolean {
    const record = toRecord({ kind, id })
    return (
      !this.#tombstones.has(record) &&
      !this.#redacted.has(record) &&
      !this.versionsOf(kind, id).some(v => v.action === 'expire')
    )
  }

  addVersion(version: Version, step: number): void {
    this.#written.set(nameOfRecorded(version), step)
    const earlier = this.versionsOf(version.kind, version.id)
    this.#versions.set(toRecord(version), [...earlier, version])
  }

  /** The step at which a version was written. */
  writtenAt(version: Version): number {
    return this.#written.get(nameOfRecorded(version)) ?? Number.POSITIVE_INFINITY
  }

  /** The steps at which versions of a record were deleted, at any location. */
  deletionsOf(record: Pick<Version, 'kind' | 'id'>): readonly number[] {
    return this.#deletions.get(toRecord(record)) ?? []
  }

  /** Replaces a version from which an erasure removed what was copied from the erased customer. */
  redactVersion(version: Version): void {
    this.#redacted.add(toRecord(version))
    const versions = this.versionsOf(version.kind, version.id)
    this.#versions.set(
      toRecord(version),
      versions.map(v => (nameOf(v) === nameOf(version) ? version : v)),
    )
  }

  /** Whether an erasure has redacted versions of a record. */
  isRedacted(kind: Version['kind'], id: string): boolean {
    return this.#redacted.has(toRecord({ kind, id }))
  }

  versionsOf(kind: Version['kind'], id: string): readonly Version[] {
    return this.#versions.get(toRecord({ kind, id })) ?? []
  }

  /** The versions of each record. */
  get records(): (readonly Version[])[] {
    return [...this.#versions.values()]
  }

  get all(): Version[] {
    return this.records.flat()
  }

  get customers(): string[] {
    return [...new Set(this.all.filter(({ kind }) => kind === 'customer').map(({ id }) => id))].sort()
  }

  addArrival(location: string, version: Version, step: number): void {
    const key = `${location} ${toRecord(version)}`
    this.#arrivals.set(key, [...(this.#arrivals.get(key) ?? []), { step, version }])
  }

  /** A version was deleted from a location's registry. */
  removeArrival(location: string, version: Version, step: number): void {
    this.#deletions.set(toRecord(version), [...this.deletionsOf(version), step])
    const key = `${location} ${toRecord(version)}`
    const arrivals = this.#arrivals.get(key) ?? []
    this.#arrivals.set(
      key,
      arrivals.filter(arrival => nameOf(arrival.version) !== nameOf(version)),
    )
  }

  /** The versions that a location's registry had at a step. */
  versionsAt(location: string, kind: Version['kind'], id: string, step = Number.POSITIVE_INFINITY): Version[] {
    const arrivals = this.#arrivals.get(`${location} ${toRecord({ kind, id })}`) ?? []
    return arrivals.filter(arrival => arrival.step <= step).map(({ version }) => version)
  }

  addRow(location: string, kind: Version['kind'], id: string, step: number, clock: Version['clock'] | null): void {
    const key = `${location} ${toRecord({ kind, id })}`
    this.#rows.set(key, [...(this.#rows.get(key) ?? []), { step, clock }])
  }

  /** The clocks of a location's current rows between two steps, with null for times without a row. */
  rowsBetween(
    location: string,
    kind: Version['kind'],
    id: string,
    from: number,
    to: number,
  ): { clock: Version['clock'] | null; step: number }[] {
    const all = [{ step: -1, clock: null }, ...(this.#rows.get(`${location} ${toRecord({ kind, id })}`) ?? [])]
    return all.filter(({ step }, n) => step <= to && (all[n + 1]?.step ?? Number.POSITIVE_INFINITY) >= from)
  }

  /** The steps at which versions arrived within a range. */
  arrivalsBetween(location: string, kind: Version['kind'], id: string, from: number, to: number): number[] {
    const arrivals = this.#arrivals.get(`${location} ${toRecord({ kind, id })}`) ?? []
    return [from, ...arrivals.map(({ step }) => step).filter(step => step > from && step <= to)]
  }

  find(key: string, id: string): Version | undefined {
    return this.versionsOf('customer', id).find(v => nameOf(v) === key)
  }
}
