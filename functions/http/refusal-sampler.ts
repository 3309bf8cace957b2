import type { Access, AccessStore } from '#domain/audit/port.ts'
import { lazy } from '#domain/lazy.ts'

/** How many refusals of a series in a minute get a row each. */
const MAX_FULL_ROWS = 3
/** How many series are told apart in a minute. Further ones are told apart by action and outcome only. */
const MAX_SERIES = 20

/** Refusals of one minute that differ only in time and request. */
interface Series {
  /** The last one. */
  access: Access
  /** How many have no row yet. */
  pending: number
  rows: number
}

const toRow = ({ access, pending }: Series): Access => (pending === 1 ? access : { ...access, count: pending })

/**
 * Samples the rows of refused requests, so that unauthorised callers cannot fill the table. Refusals are counted per action, outcome, caller
 * and network: the first few of a minute get a row each, then a row for twice as many as the last. A row says how many it stands for. What
 * has no row when a minute ends gets one with the next refusal; only the last refusals of a process may be missing.
 */
export class RefusalSampler {
  #minute = ''
  readonly #series = new Map<string, Series>()

  /** Counts a refusal. Returns the rows to write. */
  add(access: Access): Access[] {
    const minute = access.at.slice(0, 16)
    const overdue = minute === this.#minute ? [] : this.#flush()
    this.#minute = minute
    const series = this.#find(access)
    series.pending += 1
    const threshold = series.rows < MAX_FULL_ROWS ? 1 : 2 ** (series.rows - MAX_FULL_ROWS + 1)
    if (series.pending < threshold) return overdue
    const row = toRow(series)
    series.pending = 0
    series.rows += 1
    return [...overdue, row]
  }

  #find(access: Access): Series {
    const { actor, action, outcome, asked } = access
    const own = [actor, action, outcome, asked.network ?? '', asked.user ?? ''].join('\n')
    const isCrowded = !this.#series.has(own) && this.#series.size >= MAX_SERIES
    const key = isCrowded ? [action, outcome].join('\n') : own
    const latest = isCrowded ? { ...access, actor: 'various', asked: {} } : access
    const series = this.#series.get(key) ?? { access: latest, pending: 0, rows: 0 }
    series.access = latest
    this.#series.set(key, series)
    return series
  }

  #flush(): Access[] {
    const pending = [...this.#series.values()].filter(series => series.pending > 0)
    this.#series.clear()
    return pending.map(toRow)
  }
}

const getSampler = lazy(() => new RefusalSampler())

/** Records a refusal of an anonymous or rate-limited caller; its row may stand for several, and may come later. */
export async function recordRefusal(accesses: AccessStore, access: Access): Promise<void> {
  for (const row of getSampler().add(access)) await accesses.record(row)
}
