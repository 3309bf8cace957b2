import type { Line, LinePlace, LineStore, VersionName } from '#domain/ports.ts'
import { lineKey } from '#domain/records/line.ts'

type Entry = { line: Line; place: LinePlace & { after: string } }

const dayOf = (instant: string): string => instant.slice(0, 10)

const orderOf = ({ day, shard, part, after }: LinePlace): string => `${day}#${shard}#${part}#${after ?? ''}`

/** Lines of versions in memory, in the order of a table's: by day, partition and time of recording. */
export class MemoryLineStore implements LineStore {
  #entries: Entry[] = []

  async putLines(lines: readonly Line[]): Promise<void> {
    for (const line of lines) {
      const day = dayOf(line.valid_from)
      const part = day === dayOf(line.recorded_at) ? ('recorded' as const) : ('valid' as const)
      const shard = Number.parseInt(line.id.slice(-1), 16) % 4
      this.#entries.push({
        line,
        place: { day, shard, part, after: `${line.recorded_at}#${line.location}#${line.id}` },
      })
    }
    this.#entries.sort((a, b) => (orderOf(a.place) < orderOf(b.place) ? -1 : 1))
  }

  async dropValid(lines: readonly VersionName[]): Promise<void> {
    const keys = new Set(lines.map(lineKey))
    this.#entries = this.#entries.filter(({ line, place }) => place.part === 'recorded' || !keys.has(lineKey(line)))
  }

  async has(line: VersionName): Promise<boolean> {
    return this.#entries.some(entry => lineKey(entry.line) === lineKey(line))
  }

  async validBetween(from: string, to: string, place: LinePlace | null, limit: number) {
    const between = this.#entries.filter(({ place: { day } }) => day >= dayOf(from) && day <= dayOf(to))
    const left = place ? between.filter(entry => orderOf(entry.place) > orderOf(place)) : between
    const lines = left.slice(0, limit)
    return { lines, more: left.length > limit, rest: lines.at(-1)?.place ?? null }
  }
}
