/** An inverted index: the customers (by slot number) of each key. */
const NONE: readonly number[] = []

export class Postings {
  /** A key of only one customer, as most are, stores the bare number. */
  readonly #lists = new Map<string, number | number[]>()

  add(key: string, slot: number): void {
    const list = this.#lists.get(key)
    if (list === undefined) this.#lists.set(key, slot)
    else if (typeof list === 'number') this.#lists.set(key, [list, slot])
    else list.push(slot)
  }

  remove(key: string, slot: number): void {
    const list = this.#lists.get(key)
    if (list === slot) this.#lists.delete(key)
    else if (Array.isArray(list)) {
      const at = list.indexOf(slot)
      if (at >= 0) list[at] = list.at(-1) ?? slot
      if (at >= 0) list.pop()
    }
  }

  get(key: string): readonly number[] {
    const list = this.#lists.get(key)
    if (list === undefined) return NONE
    return typeof list === 'number' ? [list] : list
  }

  count(key: string): number {
    const list = this.#lists.get(key)
    if (list === undefined) return 0
    return typeof list === 'number' ? 1 : list.length
  }
}
