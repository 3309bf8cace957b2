/** Customers in the orders of sorted lists, each kept in a B+ tree, so that a page does not read the list. */
import sortedBtree from 'sorted-btree'
import type { IndexEntry, Listing, SortedQuery, SortPosition } from '#domain/search/port.ts'

const { default: BTree } = sortedBtree

const ORDERS = ['surname', 'created_at', 'updated_at'] as const

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const comparePositions = (a: SortPosition, b: SortPosition): number =>
  compareTexts(a.key, b.key) || compareTexts(a.id, b.id)

const createTree = () => new BTree<SortPosition, Listing>(undefined, comparePositions)

export class SortedIds {
  readonly #trees = { surname: createTree(), created_at: createTree(), updated_at: createTree() }

  add({ id, listing }: IndexEntry): void {
    if (listing) for (const by of ORDERS) this.#trees[by].set({ key: listing[by], id }, listing)
  }

  remove({ id, listing }: IndexEntry): void {
    if (listing) for (const by of ORDERS) this.#trees[by].delete({ key: listing[by], id })
  }

  page({ by, descending, state, type, after, limit }: SortedQuery): SortPosition[] {
    const tree = this.#trees[by]
    const start = after ?? undefined
    const page: SortPosition[] = []
    for (const [position, listing] of descending ? tree.entriesReversed(start) : tree.entries(start)) {
      if (page.length === limit) break
      if (after !== null && comparePositions(position, after) === 0) continue
      if (state !== 'all' && listing.state !== state) continue
      if (type === undefined || listing.type === type) page.push(position)
    }
    return page
  }
}
