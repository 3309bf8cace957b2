/** Customers in the orders of sorted lists, kept in B+ trees, so that a page does not read the list. */
import { bulkLoad } from 'sorted-btree/extended/bulkLoad.js'
import type { CountFilter, IndexEntry, Listing, SortedQuery, SortPosition } from '#domain/search/port.ts'

const NODE_SIZE = 32
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

const comparing =
  (by: Order) =>
  (a: ListedEntry, b: ListedEntry): number =>
    compareTexts(a.listing[by], b.listing[by]) || compareTexts(a.id, b.id)

/**
 * A tree of the entries themselves: positions of their own would be half of its memory. Making it of many entries takes a third of the time of
 * adding each.
 */
type Tree = ReturnType<typeof createTree>
function createTree(entries: readonly ListedEntry[], by: Order) {
  const sorted = entries
    // Comparing keys that lie side by side takes less time than finding them through the entries.
    .map(entry => ({ key: entry.listing[by], id: entry.id, entry }))
    .sort(comparePositions)
    .map(({ entry }) => entry)
  return bulkLoad(sorted, new Array<undefined>(sorted.length).fill(undefined), NODE_SIZE, comparing(by))
}

/** The customers of one state and type in one order. There are few groups, so that a filter passes over nobody. */
interface Group extends Pick<Listing, 'state' | 'type'> {
  tree: Tree
}

/** The next positions of one tree. */
function nextOf(tree: Tree, { by, descending, after, limit }: SortedQuery): SortPosition[] {
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
  readonly #entries: () => readonly IndexEntry[]
  /** The orders that have been read. An index is filled in less time if the trees are made of all entries at once. */
  readonly #orders = new Map<Order, Map<string, Group>>()

  /** @param entries returns all entries when an order is read for the first time; from then on each change is told. */
  constructor(entries: () => readonly IndexEntry[]) {
    this.#entries = entries
  }

  /** Prepares every order. */
  prepare(): void {
    for (const by of ORDERS) this.#groups(by)
  }

  add(entry: IndexEntry): void {
    if (!isListed(entry)) return
    const { state, type } = entry.listing
    const key = toGroupKey(entry.listing)
    for (const [by, groups] of this.#orders) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { state, type, tree: createTree([entry], by) })
      else group.tree.set(entry, undefined)
    }
  }

  remove(entry: IndexEntry): void {
    if (!isListed(entry)) return
    const key = toGroupKey(entry.listing)
    for (const groups of this.#orders.values()) groups.get(key)?.tree.delete(entry)
  }

  count(filter: CountFilter): number {
    return this.#matching('surname', filter).reduce((sum, { tree }) => sum + tree.size, 0)
  }

  page(query: SortedQuery): SortPosition[] {
    const { by, descending, limit } = query
    return this.#matching(by, query)
      .flatMap(({ tree }) => nextOf(tree, query))
      .sort((a, b) => (descending ? comparePositions(b, a) : comparePositions(a, b)))
      .slice(0, limit)
  }

  #matching(by: Order, { state, type }: CountFilter): Group[] {
    return [...this.#groups(by).values()].filter(
      group => (state === 'all' || group.state === state) && (type === undefined || group.type === type),
    )
  }

  #groups(by: Order): Map<string, Group> {
    const known = this.#orders.get(by)
    if (known !== undefined) return known
    const groups = new Map<string, Group>()
    for (const [key, entries] of Map.groupBy(this.#entries().filter(isListed), ({ listing }) => toGroupKey(listing))) {
      const [{ listing }] = entries as [(typeof entries)[0]]
      groups.set(key, { state: listing.state, type: listing.type, tree: createTree(entries, by) })
    }
    this.#orders.set(by, groups)
    return groups
  }
}

const isListed = (entry: IndexEntry): entry is IndexEntry & { listing: Listing } => entry.listing !== undefined

const toGroupKey = ({ state, type }: Pick<Listing, 'state' | 'type'>): string => `${state} ${type}`
