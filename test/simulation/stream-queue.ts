import type { DynamoDBRecord } from 'aws-lambda'
import { toRecord } from './engine/stream.ts'
import type { Change } from './engine/table.ts'
import type { RandomSource } from './random.ts'

interface QueuedChange {
  readonly item: string
  readonly change: Change
  readonly sequence: number
}

/** Stream records that are delivered together. */
export interface Batch {
  readonly changes: readonly QueuedChange[]
  readonly records: DynamoDBRecord[]
  /** How many more times it will be delivered after its acknowledgement. */
  readonly repeats: number
}

const MAX_BATCH = 12

/**
 * The undelivered records of a table's stream. Records of one item keep their order, those of different items do not. A batch is
 * delivered at least once.
 */
export class StreamQueue {
  #waiting: QueuedChange[] = []
  readonly #repeats: Batch[] = []
  readonly #inProgress = new Set<string>()
  #sequence = 0

  add(change: Change): void {
    this.#waiting.push({ item: `${change.pk}\n${change.sk}`, change, sequence: ++this.#sequence })
  }

  /** The number of records that can be delivered now, including repeated batches. */
  get ready(): number {
    return this.#repeats.length + this.#waiting.filter(({ item }) => !this.#inProgress.has(item)).length
  }

  get empty(): boolean {
    return this.#waiting.length === 0 && this.#repeats.length === 0
  }

  /** Whether a record of this partition is waiting. */
  has(pk: string): boolean {
    return this.#waiting.some(({ change }) => change.pk === pk)
  }

  /** Takes a random batch; with `calm` as much as fits, once. */
  takeBatch(random: RandomSource, calm: boolean): Batch | null {
    const repeated =
      this.#repeats.length > 0 && (calm || random.happens(0.3))
        ? this.#repeats.splice(random.below(this.#repeats.length), 1)[0]
        : undefined
    if (repeated) return repeated
    const skipped = new Set(this.#inProgress)
    const taken: QueuedChange[] = []
    const share = calm ? 1 : random.of([0.4, 0.8, 1])
    for (const queued of this.#waiting) {
      if (taken.length >= MAX_BATCH * (calm ? 4 : 1)) break
      if (skipped.has(queued.item) || !random.happens(share)) skipped.add(queued.item)
      else taken.push(queued)
    }
    if (taken.length === 0) return null
    for (const { item } of taken) this.#inProgress.add(item)
    const combined = !calm && random.happens(0.3) ? combineByItem(taken) : taken
    const records = shuffleByItem(combined, calm ? null : random).map(({ change, sequence }) =>
      toRecord(change, sequence),
    )
    return { changes: taken, records, repeats: calm || random.happens(0.8) ? 0 : 1 + random.below(2) }
  }

  /** The consumer processed the batch. */
  acknowledge(batch: Batch): void {
    const done = new Set(batch.changes)
    this.#waiting = this.#waiting.filter(queued => !done.has(queued))
    this.release(batch)
    if (batch.repeats > 0) this.#repeats.push({ ...batch, changes: [], repeats: batch.repeats - 1 })
  }

  /** The consumer failed: the records wait again. A repeated batch is dropped. */
  release(batch: Batch): void {
    for (const { item } of batch.changes) this.#inProgress.delete(item)
  }

  /** Loses a waiting record, which a stream never does. */
  loseRecord(random: RandomSource): void {
    const free = this.#waiting.filter(({ item }) => !this.#inProgress.has(item))
    const lost = free.length > 0 ? random.of(free) : null
    this.#waiting = this.#waiting.filter(queued => queued !== lost)
  }
}

/** Combines the changes of each item into one, from its state before the first to its state after the last. */
function combineByItem(changes: readonly QueuedChange[]): QueuedChange[] {
  const byItem = Map.groupBy(changes, ({ item }) => item)
  return [...byItem.values()].flatMap(changes => {
    const [first, last] = [changes[0], changes.at(-1)]
    return first && last ? [{ ...last, change: { ...last.change, before: first.change.before } }] : []
  })
}

/** Shuffles the records of different items, and keeps the order within one item. */
function shuffleByItem(changes: readonly QueuedChange[], random: RandomSource | null): readonly QueuedChange[] {
  if (random === null) return changes
  const byItem = Map.groupBy(changes, ({ item }) => item)
  return random.shuffled(changes.map(({ item }) => item)).flatMap(item => byItem.get(item)?.shift() ?? [])
}
