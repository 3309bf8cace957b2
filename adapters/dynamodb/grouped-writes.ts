import type { TransactWriteCommandInput, TransactWriteCommandOutput } from '@aws-sdk/lib-dynamodb'
import type { Writes } from './documents.ts'

/** As many items as a transaction may have. */
const MAX_ITEMS = 100
/** Errors after which none of a transaction's writes is there. */
const REFUSED = new Set(['TransactionCanceledException', 'ValidationException'])

type Item = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

interface WaitingWrite {
  operation: keyof Writes
  items: readonly Item[]
  keys: readonly string[]
  /** Sends this write by itself. */
  alone: () => Promise<unknown>
  resolve: (output: unknown) => void
  reject: (error: unknown) => void
}

/** The items of a transaction that does the same as a write; null if there is none. */
const toItems: { [K in keyof Writes]: (input: Writes[K]['input']) => Item[] | null } = {
  PutItem: input => [{ Put: withoutReport(input) }],
  DeleteItem: input => [{ Delete: withoutReport(input) }],
  UpdateItem: input => {
    const { UpdateExpression, ...rest } = withoutReport(input)
    return UpdateExpression === undefined ? null : [{ Update: { UpdateExpression, ...rest } }]
  },
  BatchWriteItem: ({ RequestItems = {} }) =>
    Object.entries(RequestItems).flatMap(([TableName, requests]) =>
      requests.flatMap(({ PutRequest, DeleteRequest }) => [
        ...(PutRequest ? [{ Put: { TableName, Item: PutRequest.Item } }] : []),
        ...(DeleteRequest ? [{ Delete: { TableName, Key: DeleteRequest.Key } }] : []),
      ]),
    ),
  TransactWriteItems: ({ TransactItems }) => TransactItems ?? null,
}

function withoutReport<I extends { ReturnConsumedCapacity?: unknown }>(input: I): Omit<I, 'ReturnConsumedCapacity'> {
  const { ReturnConsumedCapacity: _, ...rest } = input
  return rest
}

/** The table and key that an item is about. */
function toKey({ Put, Update, Delete, ConditionCheck }: Item): string {
  const { TableName } = Put ?? Update ?? Delete ?? ConditionCheck ?? {}
  const key = Put?.Item ?? (Update ?? Delete ?? ConditionCheck)?.Key
  return JSON.stringify([TableName, key?.pk, key?.sk])
}

/** The output of a write that was committed with others. What it consumed is not known. */
const toOutput = (operation: keyof Writes, { $metadata }: TransactWriteCommandOutput): object =>
  operation === 'BatchWriteItem' ? { UnprocessedItems: {}, $metadata } : { $metadata }

/**
 * Commits writes of a table engine that waits for the disk at each commit, and commits one write after the other: those that arrive during a commit
 * are committed together, in one transaction, and so are those of a batch. If the transaction is refused, each is sent by itself, so that
 * every caller gets the outcome of its own write. The capacity that grouped writes consume is not reported.
 */
export class GroupedWrites {
  readonly #commit: (items: Item[]) => Promise<TransactWriteCommandOutput>
  #waiting: WaitingWrite[] = []
  #isCommitting = false

  /** @param commit commits a transaction. */
  constructor(commit: (items: Item[]) => Promise<TransactWriteCommandOutput>) {
    this.#commit = commit
  }

  /** @param alone sends the operation by itself. Its output has the same shape as when the write was committed with others. */
  send<K extends keyof Writes>(
    operation: K,
    input: Writes[K]['input'],
    alone: () => Promise<Writes[K]['output']>,
  ): Promise<Writes[K]['output']> {
    // The caller wants an item back, which transactions do not return.
    if ('ReturnValues' in input) return alone()
    const items = toItems[operation](input)
    if (items === null || items.length === 0 || items.length > MAX_ITEMS) return alone()
    return new Promise<Writes[K]['output']>((resolve, reject) => {
      this.#waiting.push({
        operation,
        items,
        keys: items.map(toKey),
        alone,
        resolve: output => resolve(output as Writes[K]['output']),
        reject,
      })
      if (!this.#isCommitting) void this.#commitWaiting()
    })
  }

  async #commitWaiting(): Promise<void> {
    this.#isCommitting = true
    while (this.#waiting.length > 0) await this.#commitTogether(this.#takeGroup())
    this.#isCommitting = false
  }

  /** Takes the first waiting writes that fit into a transaction, which may have each item once. */
  #takeGroup(): WaitingWrite[] {
    const keys = new Set<string>()
    const tooMany = this.#waiting.findIndex(write => {
      if (keys.size + write.keys.length > MAX_ITEMS || write.keys.some(key => keys.has(key))) return true
      for (const key of write.keys) keys.add(key)
      return false
    })
    return this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : tooMany)
  }

  /** Never rejects. */
  async #commitTogether(writes: readonly WaitingWrite[]): Promise<void> {
    const [first] = writes
    if (writes.length === 1 && first?.operation !== 'BatchWriteItem') return sendAlone(writes)
    try {
      const output = await this.#commit(writes.flatMap(({ items }) => items))
      for (const { operation, resolve } of writes) resolve(toOutput(operation, output))
    } catch (error) {
      if (error instanceof Error && REFUSED.has(error.name)) return sendAlone(writes)
      for (const write of writes) write.reject(error)
    }
  }
}

async function sendAlone(writes: readonly WaitingWrite[]): Promise<void> {
  await Promise.all(writes.map(({ alone, resolve, reject }) => alone().then(resolve, reject)))
}
