import { mergeTombstones, NO_TOMBSTONE, type Tombstone } from '#domain/records/tombstone.ts'
import type { Version } from '#domain/records/version.ts'
import { nameOf } from './reference-model.ts'

const toRecord = ({ kind, id }: Pick<Version, 'kind' | 'id'>): string => `${kind}#${id}`

/** What really happened: every version that any location's tables took, and when it came to each of them. */
export class Ledger {
  readonly #versions = new Map<string, Version[]>()
  /** By location and record: versions in the order in which they came, with the step at which they did. */
  readonly #arrivals = new Map<string, { step: number; version: Version }[]>()
  /** By location and record: the clocks of the current rows that there were; null: there was none. */
  readonly #rows = new Map<string, { step: number; clock: Version['clock'] | null }[]>()

  /** By record: the clock up to which its versions were purged, and whether it was erased. */
  readonly #graves = new Map<string, Tombstone>()

  buried(of: Pick<Version, 'kind' | 'id'>, grave: Tombstone): void {
    this.#graves.set(toRecord(of), mergeTombstones(this.grave(of), grave))
  }

  grave(of: Pick<Version, 'kind' | 'id'>): Tombstone {
    return this.#graves.get(toRecord(of)) ?? NO_TOMBSTONE
  }

  /** Whether a version is to be gone. */
  isGone(v: Version): boolean {
    const { purged, erased } = this.grave(v)
    return erased || (purged[v.location] ?? '') >= v.recorded_at
  }

  /** Whether nothing of a record was ever to go. */
  isPlain(kind: Version['kind'], id: string): boolean {
    return !this.#graves.has(toRecord({ kind, id })) && !this.of(kind, id).some(v => v.action === 'expire')
  }

  made(version: Version): void {
    const known = this.of(version.kind, version.id)
    this.#versions.set(toRecord(version), [...known, version])
  }

  of(kind: Version['kind'], id: string): readonly Version[] {
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

  arrived(location: string, version: Version, step: number): void {
    const place = `${location} ${toRecord(version)}`
    this.#arrivals.set(place, [...(this.#arrivals.get(place) ?? []), { step, version }])
  }

  /** A version was removed from a location's registry. */
  left(location: string, version: Version): void {
    const place = `${location} ${toRecord(version)}`
    const came = this.#arrivals.get(place) ?? []
    this.#arrivals.set(
      place,
      came.filter(one => nameOf(one.version) !== nameOf(version)),
    )
  }

  /** The versions that a location's registry had at a step. */
  here(location: string, kind: Version['kind'], id: string, step = Number.POSITIVE_INFINITY): Version[] {
    const came = this.#arrivals.get(`${location} ${toRecord({ kind, id })}`) ?? []
    return came.filter(one => one.step <= step).map(({ version }) => version)
  }

  row(location: string, kind: Version['kind'], id: string, step: number, clock: Version['clock'] | null): void {
    const place = `${location} ${toRecord({ kind, id })}`
    this.#rows.set(place, [...(this.#rows.get(place) ?? []), { step, clock }])
  }

  /** The clocks of the current rows that a location had between two steps; null among them where it had none for a while. */
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

  /** The steps between two others at which a version came. */
  arrivalsBetween(location: string, kind: Version['kind'], id: string, from: number, to: number): number[] {
    const came = this.#arrivals.get(`${location} ${toRecord({ kind, id })}`) ?? []
    return [from, ...came.map(({ step }) => step).filter(step => step > from && step <= to)]
  }

  find(key: string, id: string): Version | undefined {
    return this.of('customer', id).find(v => nameOf(v) === key)
  }
}
