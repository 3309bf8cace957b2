import type { Access, AccessStore } from '#domain/ports.ts'
import { once } from './settings.ts'

/** So many refusals of nobody in particular leave a row each in a minute. */
const EACH = 10

/**
 * Says which refusals leave a row, so that nobody who may not even ask can fill the table: the first few of a minute, then one for
 * twice as many as the last. A row says how many it stands for, so that none is lost but those that a process ends with.
 */
export class Refusals {
  #minute = ''
  #rows = 0
  #waiting = 0

  /** How many refusals the row of this one stands for; null: it leaves none. */
  count(at: string): number | null {
    const minute = at.slice(0, 16)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#rows = 0
    }
    this.#waiting += 1
    const enough = this.#rows < EACH ? 1 : 2 ** (this.#rows - EACH + 1)
    if (this.#waiting < enough) return null
    const count = this.#waiting
    this.#waiting = 0
    this.#rows += 1
    return count
  }
}

const refusals = once(() => new Refusals())

/** Leaves the row of a refusal of somebody unknown, or of whoever comes without end; it may stand for several. */
export async function recordRefusal(accesses: AccessStore, access: Access): Promise<void> {
  const count = refusals().count(access.at)
  if (count !== null) await accesses.record(count === 1 ? access : { ...access, count })
}
