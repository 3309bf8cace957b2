import type { Candidate } from '#domain/search/port.ts'

/** At most so many customers are kept: with their prepared names, about 25 MB. */
const MAX_KEPT = 20_000

/**
 * The customers that the thread of an index has sent to its process. Each side has one of these and changes it in the order of the replies, so
 * that both have the same customers, and the thread sends only the others.
 */
export class KeptCandidates {
  readonly #byId = new Map<string, Candidate>()
  readonly #max: number

  constructor(max = MAX_KEPT) {
    this.#max = max
  }

  get(id: string): Candidate | undefined {
    return this.#byId.get(id)
  }

  add(candidate: Candidate): void {
    this.#byId.set(candidate.id, candidate)
  }

  /** Returns whether it was kept. */
  delete(id: string): boolean {
    return this.#byId.delete(id)
  }

  ids(): string[] {
    return [...this.#byId.keys()]
  }

  /** Deletes the oldest, at the end of a reply. */
  trim(): void {
    for (const id of this.#byId.keys()) {
      if (this.#byId.size <= this.#max) return
      this.#byId.delete(id)
    }
  }
}
