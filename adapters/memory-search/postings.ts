/** An inverted index: the customers (by slot number) of each key. */
import { NumberList } from './number-list.ts'

const NONE: readonly number[] = []
/** Longer lists are packed. */
const MAX_ARRAY = 32

export class Postings {
  /** A key of only one customer, as most are, stores the bare number. */
  readonly #lists = new Map<string, number | number[] | NumberList>()
  readonly #changed: (key: string) => void

  /** @param changed called with each key that gets or loses a customer. */
  constructor(changed: (key: string) => void = () => undefined) {
    this.#changed = changed
  }

  add(key: string, slot: number): void {
    this.#changed(key)
    const list = this.#lists.get(key)
    if (list === undefined) this.#lists.set(key, slot)
    else if (typeof list === 'number') this.#lists.set(key, [list, slot])
    else {
      list.push(slot)
      if (Array.isArray(list) && list.length > MAX_ARRAY) this.#lists.set(key, new NumberList(list))
    }
  }

  remove(key: string, slot: number): void {
    this.#changed(key)
    const list = this.#lists.get(key)
    if (list === slot) this.#lists.delete(key)
    else if (list instanceof NumberList) list.remove(slot)
    else if (Array.isArray(list)) {
      const at = list.indexOf(slot)
      if (at >= 0) list[at] = list.at(-1) ?? slot
      if (at >= 0) list.pop()
    }
  }

  /** The slots of a key, until it changes. */
  get(key: string): ArrayLike<number> & Iterable<number> {
    const list = this.#lists.get(key)
    if (list === undefined) return NONE
    if (typeof list === 'number') return [list]
    return Array.isArray(list) ? list : list.view()
  }

  keys(): Iterable<string> {
    return this.#lists.keys()
  }

  count(key: string): number {
    const list = this.#lists.get(key)
    if (list === undefined) return 0
    return typeof list === 'number' ? 1 : list.length
  }
}
