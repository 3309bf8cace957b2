import { type Item, type Placeholders, passes, same, toTokens } from './expression.ts'

interface Keys {
  partitionKey: string
  sortKey: string
}

export interface Definition extends Keys {
  indexes: Readonly<Record<string, Keys>>
}

/** One write of one item: what it was, and what it is now. */
export interface Change {
  readonly pk: string
  readonly sk: string
  readonly before: Item | undefined
  readonly after: Item | undefined
}

export interface Query extends Placeholders {
  IndexName?: string | undefined
  KeyConditionExpression?: string | undefined
  ExclusiveStartKey?: Item | undefined
  Limit?: number | undefined
  ScanIndexForward?: boolean | undefined
}

export interface Scan {
  Limit?: number | undefined
  ExclusiveStartKey?: Item | undefined
  ProjectionExpression?: string | undefined
}

export interface Page {
  Items: Item[]
  Count: number
  LastEvaluatedKey?: Item
}

const KEPT = new WeakSet<object>()

/** A copy that nobody can change, as it would come back from a table: without undefined members. */
function kept<T>(value: T): T {
  if (typeof value !== 'object' || value === null || KEPT.has(value)) return value
  const copy = Array.isArray(value)
    ? value.map(kept)
    : Object.fromEntries(Object.entries(value).flatMap(([name, it]) => (it === undefined ? [] : [[name, kept(it)]])))
  KEPT.add(copy)
  return Object.freeze(copy) as T
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** FNV-1a: spreads partitions, and means nothing. */
const hash = (key: string): string =>
  [...key].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5).toString(16)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The value that a key condition asks the partition key to have. */
function partitionIn(condition: string, partitionKey: string, placeholders: Placeholders): string {
  const tokens = toTokens(condition)
  const at = tokens.indexOf(partitionKey)
  if (at < 0 || tokens[at + 1] !== '=') throw new Error(`A query names no ${partitionKey}`)
  return text(placeholders.ExpressionAttributeValues?.[tokens[at + 2] ?? ''])
}

/** One table and its indexes, in memory. */
export class Table {
  readonly name: string
  readonly #definition: Definition
  readonly #partitions = new Map<string, Map<string, Item>>()
  /** Every change, in order: a read that is behind leaves out the last ones. */
  readonly #log: Change[] = []
  readonly #changed: (change: Change) => void

  constructor(name: string, definition: Definition, changed: (change: Change) => void) {
    this.name = name
    this.#definition = definition
    this.#changed = changed
  }

  get items(): Item[] {
    return [...this.#partitions.values()].flatMap(partition => [...partition.values()])
  }

  /** @param behind how many of the last changes of the table the read does not see yet. */
  get(pk: string, sk: string, behind = 0): Item | undefined {
    const unseen =
      behind > 0 ? this.#log.slice(-behind).find(change => change.pk === pk && change.sk === sk) : undefined
    return unseen ? unseen.before : this.#partitions.get(pk)?.get(sk)
  }

  write(pk: string, sk: string, item: Item | undefined): void {
    const before = this.#partitions.get(pk)?.get(sk)
    const after = item && kept(item)
    // As in the cloud, what changes nothing leaves no record in the stream.
    if (before === after || (before && after && same(before, after))) return
    const partition = this.#partitions.get(pk) ?? new Map<string, Item>()
    this.#partitions.set(pk, partition)
    if (after) partition.set(sk, after)
    else partition.delete(sk)
    const change = { pk, sk, before, after }
    this.#log.push(change)
    this.#changed(change)
  }

  query(query: Query, behind = 0): Page {
    const { IndexName, KeyConditionExpression = '', ExclusiveStartKey, Limit, ScanIndexForward = true } = query
    const keys = IndexName === undefined ? this.#definition : this.#definition.indexes[IndexName]
    if (keys === undefined) throw new Error(`There is no index ${IndexName}`)
    const partition = partitionIn(KeyConditionExpression, keys.partitionKey, query)
    const place = (item: Item): string[] =>
      IndexName === undefined ? [text(item.sk)] : [text(item[keys.sortKey]), text(item.pk), text(item.sk)]
    const direction = ScanIndexForward ? 1 : -1
    const inOrder = (a: Item, b: Item): number => {
      const [x, y] = [place(a), place(b)]
      return direction * (x.map((part, n) => compare(part, y[n] ?? '')).find(order => order !== 0) ?? 0)
    }
    const found = this.#seen(IndexName === undefined ? partition : null, behind)
      .filter(item => item[keys.partitionKey] !== undefined && item[keys.sortKey] !== undefined)
      .filter(item => passes(KeyConditionExpression, item, query))
      .filter(item => ExclusiveStartKey === undefined || inOrder(item, ExclusiveStartKey) > 0)
      .sort(inOrder)
    const Items = (Limit === undefined ? found : found.slice(0, Limit)).map(item =>
      IndexName === undefined ? item : this.#keysOf(item, keys),
    )
    const last = Items.at(-1)
    // A page that ends at its limit says that there may be more, whether there is or not.
    const ends = Limit === undefined || Items.length < Limit || last === undefined
    return { Items, Count: Items.length, ...(ends ? {} : { LastEvaluatedKey: this.#keysOf(last, keys) }) }
  }

  /** Some of all items: partition by partition, in an order of their own, as a table is spread by a hash of its keys. */
  scan({ Limit, ExclusiveStartKey, ProjectionExpression }: Scan, behind = 0): Page {
    const place = (item: Item) => `${hash(text(item.pk))}\n${text(item.pk)}\n${text(item.sk)}`
    const from = ExclusiveStartKey ? place(ExclusiveStartKey) : ''
    const found = this.#seen(null, behind)
      .filter(item => place(item) > from)
      .sort((a, b) => compare(place(a), place(b)))
    const seen = Limit === undefined ? found : found.slice(0, Limit)
    const names = ProjectionExpression === undefined ? null : toTokens(ProjectionExpression).filter(it => it !== ',')
    const Items = seen.map(item => (names ? Object.fromEntries(names.map(name => [name, item[name]])) : item))
    const last = seen.at(-1)
    const ends = Limit === undefined || seen.length < Limit || last === undefined
    return { Items, Count: Items.length, ...(ends ? {} : { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }) }
  }

  #keysOf(item: Item, { partitionKey, sortKey }: Keys): Item {
    return Object.fromEntries([...new Set(['pk', 'sk', partitionKey, sortKey])].map(name => [name, item[name]]))
  }

  /** The items of a partition, or of all, as a read sees them. */
  #seen(pk: string | null, behind: number): Item[] {
    const items = pk === null ? this.items : [...(this.#partitions.get(pk)?.values() ?? [])]
    const unseen = behind > 0 ? this.#log.slice(-behind).filter(change => pk === null || change.pk === pk) : []
    if (unseen.length === 0) return items
    const nameOf = (it: { pk?: unknown; sk?: unknown }) => `${it.pk}\n${it.sk}`
    const seen = new Map(items.map(item => [nameOf(item), item]))
    for (const change of unseen.toReversed()) {
      if (change.before) seen.set(nameOf(change), change.before)
      else seen.delete(nameOf(change))
    }
    return [...seen.values()]
  }
}
