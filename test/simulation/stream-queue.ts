import type { DynamoDBRecord } from 'aws-lambda'
import { toRecord } from './engine/stream.ts'
import type { Change } from './engine/table.ts'
import type { Chance } from './random.ts'

interface Waiting {
  readonly item: string
  readonly change: Change
  readonly sequence: number
}

/** Records of a stream that are handed over together. */
export interface Batch {
  readonly taken: readonly Waiting[]
  readonly records: DynamoDBRecord[]
  /** How often more it will come although it was taken. */
  readonly repeats: number
}

const MOST = 12

/**
 * What a table's stream has yet to hand to its reader. Changes of one item come in their order, those of different items in any; a batch
 * is handed over at least once.
 */
export class StreamQueue {
  #waiting: Waiting[] = []
  readonly #again: Batch[] = []
  readonly #held = new Set<string>()
  #sequence = 0

  add(change: Change): void {
    this.#waiting.push({ item: `${change.pk}\n${change.sk}`, change, sequence: ++this.#sequence })
  }

  /** How many records can be handed over now, with batches that come again. */
  get ready(): number {
    return this.#again.length + this.#waiting.filter(({ item }) => !this.#held.has(item)).length
  }

  get empty(): boolean {
    return this.#waiting.length === 0 && this.#again.length === 0
  }

  /** Whether anything waits of a partition. */
  has(pk: string): boolean {
    return this.#waiting.some(({ change }) => change.pk === pk)
  }

  /** Some of what waits, as it may come; `calm`: all of it that fits, once. */
  take(chance: Chance, calm: boolean): Batch | null {
    const repeated =
      this.#again.length > 0 && (calm || chance.happens(0.3))
        ? this.#again.splice(chance.below(this.#again.length), 1)[0]
        : undefined
    if (repeated) return repeated
    const skipped = new Set(this.#held)
    const taken: Waiting[] = []
    const share = calm ? 1 : chance.of([0.4, 0.8, 1])
    for (const one of this.#waiting) {
      if (taken.length >= MOST * (calm ? 4 : 1)) break
      if (skipped.has(one.item) || !chance.happens(share)) skipped.add(one.item)
      else taken.push(one)
    }
    if (taken.length === 0) return null
    for (const { item } of taken) this.#held.add(item)
    const joined = !calm && chance.happens(0.3) ? join(taken) : taken
    const records = mixed(joined, calm ? null : chance).map(({ change, sequence }) => toRecord(change, sequence))
    return { taken, records, repeats: calm || chance.happens(0.8) ? 0 : 1 + chance.below(2) }
  }

  /** The reader took it. */
  finished(batch: Batch): void {
    const done = new Set(batch.taken)
    this.#waiting = this.#waiting.filter(one => !done.has(one))
    this.release(batch)
    if (batch.repeats > 0) this.#again.push({ ...batch, taken: [], repeats: batch.repeats - 1 })
  }

  /** The reader did not take it: its records wait as before. A batch that had been taken before is gone for good. */
  release(batch: Batch): void {
    for (const { item } of batch.taken) this.#held.delete(item)
  }

  /** Loses what waits: a stream that is not one. */
  lose(chance: Chance): void {
    const free = this.#waiting.filter(({ item }) => !this.#held.has(item))
    const lost = free.length > 0 ? chance.of(free) : null
    this.#waiting = this.#waiting.filter(one => one !== lost)
  }
}

/** Several changes of one item as one, from what it was before the first to what it is after the last. */
function join(taken: readonly Waiting[]): Waiting[] {
  const byItem = Map.groupBy(taken, ({ item }) => item)
  return [...byItem.values()].flatMap(changes => {
    const [first, last] = [changes[0], changes.at(-1)]
    return first && last ? [{ ...last, change: { ...last.change, before: first.change.before } }] : []
  })
}

/** Records of different items in any order, those of one item in theirs. */
function mixed(taken: readonly Waiting[], chance: Chance | null): readonly Waiting[] {
  if (chance === null) return taken
  const byItem = Map.groupBy(taken, ({ item }) => item)
  return chance.shuffled(taken.map(({ item }) => item)).flatMap(item => byItem.get(item)?.shift() ?? [])
}
