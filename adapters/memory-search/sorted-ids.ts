/** Customers in the orders of sorted lists, kept in B+ trees, so that a page does not read the list. */
import sortedBtree from 'sorted-btree'
import type { IndexEntry, Listing, SortedQuery, SortPosition } from '#domain/search/port.ts'

const { default: BTree } = sortedBtree

const ORDERS = ['surname', 'created_at', 'updated_at'] as const

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const comparePositions = (a: SortPosition, b: SortPosition): number =>
  compareTexts(a.key, b.key) || compareTexts(a.id, b.id)

const createTree = () => new BTree<SortPosition, true>(undefined, comparePositions)

/** The customers of one state and type. There are few groups, so that a filter passes over nobody. */
interface Group extends Pick<Listing, 'state' | 'type'> {
  trees: Record<(typeof ORDERS)[number], ReturnType<typeof createTree>>
}

const createGroup = ({ state, type }: Listing): Group => ({
  state,
  type,
  trees: { surname: createTree(), created_at: createTree(), updated_at: createTree() },
})

/** The next positions of one tree. */
function nextOf(tree: ReturnType<typeof createTree>, { descending, after, limit }: SortedQuery): SortPosition[] {
  const start = after ?? undefined
  const page: SortPosition[] = []
  for (const [position] of descending ? tree.entriesReversed(start) : tree.entries(start)) {
    if (page.length === limit) break
    if (after === null || comparePositions(position, after) !== 0) page.push(position)
  }
  return page
}

export class SortedIds {
  readonly #groups = new Map<string, Group>()

  add({ id, listing }: IndexEntry): void {
    if (listing === undefined) return
    const group = this.#groups.get(toGroupKey(listing)) ?? createGroup(listing)
    this.#groups.set(toGroupKey(listing), group)
    for (const by of ORDERS) group.trees[by].set({ key: listing[by], id }, true)
  }

  remove({ id, listing }: IndexEntry): void {
    if (listing === undefined) return
    const group = this.#groups.get(toGroupKey(listing))
    for (const by of ORDERS) group?.trees[by].delete({ key: listing[by], id })
  }

  page(query: SortedQuery): SortPosition[] {
    const { by, descending, state, type, limit } = query
    const matches = (group: Group) =>
      (state === 'all' || group.state === state) && (type === undefined || group.type === type)
    return [...this.#groups.values()]
      .filter(matches)
      .flatMap(({ trees }) => nextOf(trees[by], query))
      .sort((a, b) => (descending ? comparePositions(b, a) : comparePositions(a, b)))
      .slice(0, limit)
  }
}

const toGroupKey = ({ state, type }: Listing): string => `${state} ${type}`
