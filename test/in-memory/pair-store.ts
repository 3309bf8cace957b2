import type { Pair, PairStore } from '#domain/duplicates/port.ts'

const toName = ({ a, b }: Pick<Pair, 'a' | 'b'>): string => `${a}#${b}`
const toDistance = ({ score }: Pair): string => (1 - score).toFixed(4)
const toSortKey = (pair: Pair): string => `${toDistance(pair)}#${toName(pair)}`

/** A review queue in memory. Its scores have four decimals, like the table's. */
export class MemoryPairStore implements PairStore {
  readonly #pairs = new Map<string, Pair>()

  async putPairs(pairs: readonly Pair[]): Promise<void> {
    for (const pair of pairs) this.#pairs.set(toName(pair), { ...pair, score: 1 - Number(toDistance(pair)) })
  }

  async dropPairs(pairs: readonly Pick<Pair, 'a' | 'b'>[]): Promise<void> {
    for (const pair of pairs) this.#pairs.delete(toName(pair))
  }

  async pairs(after: string | null, limit: number): Promise<{ pairs: Pair[]; next: string | null }> {
    const rest = [...this.#pairs.values()]
      .filter(pair => after === null || toSortKey(pair) > after)
      .sort((a, b) => (toSortKey(a) < toSortKey(b) ? -1 : 1))
    const last = rest[limit - 1]
    return { pairs: rest.slice(0, limit), next: last && rest.length > limit ? toSortKey(last) : null }
  }
}
