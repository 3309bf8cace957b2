import type { Access } from '#domain/audit/access.ts'
import type { AccessStore } from '#domain/audit/port.ts'
import { lazy } from '../runtime/settings.ts'

/** So many refusals of nobody in particular leave a row each in a minute. */
const MAX_FULL_ROWS = 10

/**
 * Says which refusals leave a row, so that nobody who may not even ask can fill the table: the first few of a minute, then one for
 * twice as many as the last. A row says how many it stands for, so that none is lost but those that a process ends with.
 */
export class RefusalSampler {
  #minute = ''
  #rows = 0
  #pending = 0

  /** How many refusals the row of this one stands for; null: it leaves none. */
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

/** Leaves the row of a refusal of somebody unknown, or of whoever comes without end; it may stand for several. */
export async function recordRefusal(accesses: AccessStore, access: Access): Promise<void> {
  const count = getSampler().sample(access.at)
  if (count !== null) await accesses.record(count === 1 ? access : { ...access, count })
}
