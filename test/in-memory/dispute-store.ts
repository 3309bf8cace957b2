import type { DisputeStore } from '#domain/ports.ts'
import type { Dispute } from '#domain/records/dispute.ts'
import type { Kind } from '#domain/records/version.ts'

const nameOf = ({ id, field, kept, lost }: Dispute): string => [id, field, kept, lost].join('|')

/** What is in dispute at one location, in memory. */
export class MemoryDisputeStore implements DisputeStore {
  readonly #open = new Map<string, Dispute>()

  async of(kind: Kind, id: string): Promise<Dispute[]> {
    return this.all.filter(one => one.kind === kind && one.id === id)
  }

  async replace(before: readonly Dispute[], after: readonly Dispute[]): Promise<void> {
    for (const one of before) this.#open.delete(nameOf(one))
    for (const one of after) this.#open.set(nameOf(one), one)
  }

  async get(name: string): Promise<Dispute | null> {
    return this.#open.get(name) ?? null
  }

  async count(): Promise<number> {
    return this.#open.size
  }

  async list(after: string | null, limit: number): ReturnType<DisputeStore['list']> {
    const rest = this.all
      .map(dispute => ({ name: nameOf(dispute), dispute }))
      .filter(({ name }) => name > (after ?? ''))
    const disputes = rest.slice(0, limit)
    return { disputes, next: rest.length > limit ? (disputes.at(-1)?.name ?? null) : null }
  }

  /** All of them, by name. */
  get all(): Dispute[] {
    return [...this.#open].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  }
}
