/** Customers in the orders of sorted lists, kept in B+ trees, so that a page does not read the list. */
import sortedBtree from 'sorted-btree'
import type { CountFilter, IndexEntry, Listing, SortedQuery, SortPosition } from '#domain/search/port.ts'

const { default: BTree } = sortedBtree

const ORDERS = ['surname', 'created_at', 'updated_at'] as const

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const comparePositions = (a: SortPosition, b: SortPosition): number =>
  compareTexts(a.key, b.key) || compareTexts(a.id, b.id)

type Order = (typeof ORDERS)[number]
type ListedEntry = Pick<IndexEntry, 'id'> & { listing: Pick<Listing, Order> }

const toPosition = ({ id, listing }: ListedEntry, by: Order): SortPosition => ({ key: listing[by], id })

/** An entry at a position, to look for. */
const toEntryAt = ({ key, id }: SortPosition): ListedEntry => ({
  id,
  listing: { surname: key, created_at: key, updated_at: key },
})

/** A tree of the entries themselves: positions of their own would be half of its memory. */
const createTree = (by: Order) =>
  new BTree<ListedEntry, undefined>(
    undefined,
    (a, b) => compareTexts(a.listing[by], b.listing[by]) || compareTexts(a.id, b.id),
  )

/** The customers of one state and type. There are few groups, so that a filter passes over nobody. */
interface Group extends Pick<Listing, 'state' | 'type'> {
  trees: Record<Order, ReturnType<typeof createTree>>
}

const createGroup = ({ state, type }: Listing): Group => ({
  state,
  type,
  trees: { surname: createTree('surname'), created_at: createTree('created_at'), updated_at: createTree('updated_at') },
})

/** The next positions of one tree. */
function nextOf(tree: ReturnType<typeof createTree>, { by, descending, after, limit }: SortedQuery): SortPosition[] {
  const start = after === null ? undefined : toEntryAt(after)
  const page: SortPosition[] = []
  for (const [entry] of descending ? tree.entriesReversed(start) : tree.entries(start)) {
    if (page.length === limit) break
    const position = toPosition(entry, by)
    if (after === null || comparePositions(position, after) !== 0) page.push(position)
  }
  return page
}

export class SortedIds {
  readonly #groups = new Map<string, Group>()

  add(entry: IndexEntry): void {
    if (!isListed(entry)) return
    const { listing } = entry
    const group = this.#groups.get(toGroupKey(listing)) ?? createGroup(listing)
    this.#groups.set(toGroupKey(listing), group)
    for (const by of ORDERS) group.trees[by].set(entry, undefined)
  }

  remove(entry: IndexEntry): void {
    if (!isListed(entry)) return
    const group = this.#groups.get(toGroupKey(entry.listing))
    for (const by of ORDERS) group?.trees[by].delete(entry)
  }

  count(filter: CountFilter): number {
    return this.#matching(filter).reduce((sum, { trees }) => sum + trees.surname.size, 0)
  }

  page(query: SortedQuery): SortPosition[] {
    const { by, descending, limit } = query
    return this.#matching(query)
      .flatMap(({ trees }) => nextOf(trees[by], query))
      .sort((a, b) => (descending ? comparePositions(b, a) : comparePositions(a, b)))
      .slice(0, limit)
  }

  #matching({ state, type }: CountFilter): Group[] {
    return [...this.#groups.values()].filter(
      group => (state === 'all' || group.state === state) && (type === undefined || group.type === type),
    )
  }
}

const isListed = (entry: IndexEntry): entry is IndexEntry & { listing: Listing } => entry.listing !== undefined

const toGroupKey = ({ state, type }: Listing): string => `${state} ${type}`
