import {
  type ChangeLogEntry,
  type ChangeLogPosition,
  lineKey,
  type VersionName,
} from '#domain/records/change-log-entry.ts'
import type { ChangeLogStore } from '#domain/records/port.ts'

type Entry = { line: ChangeLogEntry; place: ChangeLogPosition & { after: string } }

const toDay = (instant: string): string => instant.slice(0, 10)

const toOrder = ({ day, shard, part, after }: ChangeLogPosition): string => `${day}#${shard}#${part}#${after ?? ''}`

/** A change log in memory, in the order of the table: by day, partition and time of recording. */
export class MemoryChangeLogStore implements ChangeLogStore {
  #entries: Entry[] = []

  async putLines(lines: readonly ChangeLogEntry[]): Promise<void> {
    for (const line of lines) {
      const day = toDay(line.valid_from)
      const part = day === toDay(line.recorded_at) ? ('recorded' as const) : ('valid' as const)
      const shard = Number.parseInt(line.id.slice(-1), 16) % 4
      this.#entries.push({
        line,
        place: { day, shard, part, after: `${line.recorded_at}#${line.location}#${line.id}` },
      })
    }
    this.#entries.sort((a, b) => (toOrder(a.place) < toOrder(b.place) ? -1 : 1))
  }

  async dropValid(lines: readonly VersionName[]): Promise<void> {
    const keys = new Set(lines.map(lineKey))
    this.#entries = this.#entries.filter(({ line, place }) => place.part === 'recorded' || !keys.has(lineKey(line)))
  }

  async has(line: VersionName): Promise<boolean> {
    return this.#entries.some(entry => lineKey(entry.line) === lineKey(line))
  }

  async validBetween(from: string, to: string, place: ChangeLogPosition | null, limit: number) {
    const between = this.#entries.filter(({ place: { day } }) => day >= toDay(from) && day <= toDay(to))
    const remaining = place ? between.filter(entry => toOrder(entry.place) > toOrder(place)) : between
    const lines = remaining.slice(0, limit)
    return { lines, more: remaining.length > limit, rest: lines.at(-1)?.place ?? null }
  }
}
