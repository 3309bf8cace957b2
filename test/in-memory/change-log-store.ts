import { lineShard } from '#adapters/dynamodb/change-log-store.ts'
import {
  type ChangeLogEntry,
  type ChangeLogPosition,
  dayPartitions,
  lineKey,
  toDay,
  type VersionName,
} from '#domain/records/change-log-entry.ts'
import type { ChangeLogStore } from '#domain/records/port.ts'

type Entry = { line: ChangeLogEntry; place: ChangeLogPosition }

const toOrder = ({ day, shard, part, after }: ChangeLogPosition): string => `${day}#${shard}#${part}#${after ?? ''}`

/** The entry's position under its valid day. */
function toPlace(line: VersionName): ChangeLogPosition {
  const part = dayPartitions(line).at(-1)?.part ?? 'recorded'
  return { day: toDay(line.valid_from), shard: lineShard(line), part, after: lineKey(line) }
}

/** The change log in memory, in the order of the table: by day, partition and time of recording. */
export class MemoryChangeLogStore implements ChangeLogStore {
  readonly #entries = new Map<string, Entry>()

  async putLines(lines: readonly ChangeLogEntry[]): Promise<void> {
    for (const line of lines) {
      const place = toPlace(line)
      this.#entries.set(toOrder(place), { line, place })
    }
  }

  restoreLines(lines: readonly ChangeLogEntry[]): Promise<void> {
    return this.putLines(lines)
  }

  async dropValid(lines: readonly VersionName[]): Promise<void> {
    const places = lines.map(toPlace).filter(({ part }) => part === 'valid')
    for (const place of places) this.#entries.delete(toOrder(place))
  }

  async has(line: VersionName): Promise<boolean> {
    return this.#entries.has(toOrder(toPlace(line)))
  }

  async validBetween(
    from: string,
    to: string,
    place: ChangeLogPosition | null,
    limit: number,
  ): ReturnType<ChangeLogStore['validBetween']> {
    const left = [...this.#entries]
      .filter(
        ([
          order,
          {
            place: { day },
          },
        ]) => day >= toDay(from) && day <= toDay(to) && (!place || order > toOrder(place)),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, entry]) => entry)
    const lines = left.slice(0, limit)
    const more = left.length > limit
    return { lines, more, rest: more ? (lines.at(-1)?.place ?? null) : null }
  }
}
