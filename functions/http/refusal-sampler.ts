import type { Access } from '#domain/audit/access.ts'
import type { AccessStore } from '#domain/audit/port.ts'
import { lazy } from '../runtime/settings.ts'

/** How many anonymous refusals in a minute get a row each. */
const MAX_FULL_ROWS = 10

/**
 * Samples log entries of refused requests, so that unauthorised callers cannot fill the table: the first few of a minute get a row each, then
 * a row for twice as many as the last. A row says how many it stands for; only the last refusals of a process may be missing.
 */
export class RefusalSampler {
  #minute = ''
  #rows = 0
  #pending = 0

  /** How many refusals this one's row stands for; null if it gets no row. */
  sample(at: string): number | null {
    const minute = at.slice(0, 16)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#rows = 0
    }
    this.#pending += 1
    const threshold = this.#rows < MAX_FULL_ROWS ? 1 : 2 ** (this.#rows - MAX_FULL_ROWS + 1)
    if (this.#pending < threshold) return null
    const count = this.#pending
    this.#pending = 0
    this.#rows += 1
    return count
  }
}

const getSampler = lazy(() => new RefusalSampler())

/** Writes the row of a refusal of an anonymous or rate-limited caller; it may stand for several. */
export async function recordRefusal(accesses: AccessStore, access: Access): Promise<void> {
  const count = getSampler().sample(access.at)
  if (count !== null) await accesses.record(count === 1 ? access : { ...access, count })
}
