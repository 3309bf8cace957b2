import { equals, type Item, matchesExpression, type Placeholders, toTokens } from './expression.ts'

interface Keys {
  partitionKey: string
  sortKey: string
}

export interface Definition extends Keys {
  indexes: Readonly<Record<string, Keys>>
}

/** One write of one item, with its state before and after. */
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

const frozenCopies = new WeakSet<object>()

/** A frozen copy without undefined members, as a table returns it. */
function toFrozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null || frozenCopies.has(value)) return value
  const copy = Array.isArray(value)
    ? value.map(toFrozenCopy)
    : Object.fromEntries(
        Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, toFrozenCopy(member)]])),
      )
  frozenCopies.add(copy)
  return Object.freeze(copy) as T
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** FNV-1a, which distributes partitions. */
const hash = (key: string): string =>
  [...key].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5).toString(16)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Returns the partition key in a key condition. */
function partitionIn(condition: string, partitionKey: string, placeholders: Placeholders): string {
  const tokens = toTokens(condition)
  const at = tokens.indexOf(partitionKey)
  if (at < 0 || tokens[at + 1] !== '=') throw new Error(`A query names no ${partitionKey}`)
  return text(placeholders.ExpressionAttributeValues?.[tokens[at + 2] ?? ''])
}

/** A table and its indexes in memory. */
export class Table {
  readonly name: string
  readonly #definition: Definition
  readonly #partitions = new Map<string, Map<string, Item>>()
  /** Every change in order. A stale read ignores the last ones. */
  readonly #log: Change[] = []
  readonly #onChange: (change: Change) => void

  constructor(name: string, definition: Definition, onChange: (change: Change) => void) {
    this.name = name
    this.#definition = definition
    this.#onChange = onChange
  }

  get items(): Item[] {
    return [...this.#partitions.values()].flatMap(partition => [...partition.values()])
  }

  /** @param behind the number of last changes that the read misses. */
  get(pk: string, sk: string, behind = 0): Item | undefined {
    const unseen =
      behind > 0 ? this.#log.slice(-behind).find(change => change.pk === pk && change.sk === sk) : undefined
    return unseen ? unseen.before : this.#partitions.get(pk)?.get(sk)
  }

  write(pk: string, sk: string, item: Item | undefined): void {
    const before = this.#partitions.get(pk)?.get(sk)
    const after = item && toFrozenCopy(item)
    // A write without a change makes no stream record, as in DynamoDB.
    if (before === after || (before && after && equals(before, after))) return
    const partition = this.#partitions.get(pk) ?? new Map<string, Item>()
    this.#partitions.set(pk, partition)
    if (after) partition.set(sk, after)
    else partition.delete(sk)
    const change = { pk, sk, before, after }
    this.#log.push(change)
    this.#onChange(change)
  }

  query(query: Query, behind = 0): Page {
    const { IndexName, KeyConditionExpression = '', ExclusiveStartKey, Limit, ScanIndexForward = true } = query
    const keys = IndexName === undefined ? this.#definition : this.#definition.indexes[IndexName]
    if (keys === undefined) throw new Error(`There is no index ${IndexName}`)
    const partition = partitionIn(KeyConditionExpression, keys.partitionKey, query)
    const toSortKeys = (item: Item): string[] =>
      IndexName === undefined ? [text(item.sk)] : [text(item[keys.sortKey]), text(item.pk), text(item.sk)]
    const direction = ScanIndexForward ? 1 : -1
    const compareItems = (a: Item, b: Item): number => {
      const [x, y] = [toSortKeys(a), toSortKeys(b)]
      return direction * (x.map((part, n) => compare(part, y[n] ?? '')).find(order => order !== 0) ?? 0)
    }
    const matching = this.#visibleItems(IndexName === undefined ? partition : null, behind)
      .filter(item => item[keys.partitionKey] !== undefined && item[keys.sortKey] !== undefined)
      .filter(item => matchesExpression(KeyConditionExpression, item, query))
      .filter(item => ExclusiveStartKey === undefined || compareItems(item, ExclusiveStartKey) > 0)
      .sort(compareItems)
    const Items = (Limit === undefined ? matching : matching.slice(0, Limit)).map(item =>
      IndexName === undefined ? item : this.#toKeys(item, keys),
    )
    const last = Items.at(-1)
    // A page that ends at its limit has a LastEvaluatedKey, even if no item follows.
    const ends = Limit === undefined || Items.length < Limit || last === undefined
    return { Items, Count: Items.length, ...(ends ? {} : { LastEvaluatedKey: this.#toKeys(last, keys) }) }
  }

  /** Scans all items, partition by partition, in the order of a hash. */
  scan({ Limit, ExclusiveStartKey, ProjectionExpression }: Scan, behind = 0): Page {
    const toScanKey = (item: Item) => `${hash(text(item.pk))}\n${text(item.pk)}\n${text(item.sk)}`
    const from = ExclusiveStartKey ? toScanKey(ExclusiveStartKey) : ''
    const matching = this.#visibleItems(null, behind)
      .filter(item => toScanKey(item) > from)
      .sort((a, b) => compare(toScanKey(a), toScanKey(b)))
    const page = Limit === undefined ? matching : matching.slice(0, Limit)
    const names =
      ProjectionExpression === undefined ? null : toTokens(ProjectionExpression).filter(token => token !== ',')
    const Items = page.map(item => (names ? Object.fromEntries(names.map(name => [name, item[name]])) : item))
    const last = page.at(-1)
    const ends = Limit === undefined || page.length < Limit || last === undefined
    return { Items, Count: Items.length, ...(ends ? {} : { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }) }
  }

  #toKeys(item: Item, { partitionKey, sortKey }: Keys): Item {
    return Object.fromEntries([...new Set(['pk', 'sk', partitionKey, sortKey])].map(name => [name, item[name]]))
  }

  /** The items of a partition, or of all, as a stale read sees them. */
  #visibleItems(pk: string | null, behind: number): Item[] {
    const items = pk === null ? this.items : [...(this.#partitions.get(pk)?.values() ?? [])]
    const unseen = behind > 0 ? this.#log.slice(-behind).filter(change => pk === null || change.pk === pk) : []
    if (unseen.length === 0) return items
    const toName = (key: { pk?: unknown; sk?: unknown }) => `${key.pk}\n${key.sk}`
    const seen = new Map(items.map(item => [toName(item), item]))
    for (const change of unseen.toReversed()) {
      if (change.before) seen.set(toName(change), change.before)
      else seen.delete(toName(change))
    }
    return [...seen.values()]
  }
}
