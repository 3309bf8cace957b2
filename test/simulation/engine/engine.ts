import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { registryTable, viewsTable } from '#contract/tables.ts'
import { conditionFailed, invalid, type Reason, transactionCancelled } from './errors.ts'
import { type Item, matchesExpression, type Placeholders } from './expression.ts'
import { type Change, type Definition, Table, text } from './table.ts'
import { applyUpdate } from './update.ts'

/** Called with the table and the change on every change. */
export type Watcher = (table: string, change: Change) => void

interface Conditional extends Placeholders {
  TableName: string | undefined
  ConditionExpression?: string | undefined
}

interface Put extends Conditional {
  Item: Item | undefined
  ReturnValuesOnConditionCheckFailure?: string | undefined
}

const LIMITS = { transaction: 100, batchGet: 100, batchWrite: 25 }

/**
 * The DynamoDB of one location: two tables in memory with the features that the adapters use. A command executes immediately and
 * atomically, or throws like the SDK's client.
 */
export class Engine {
  readonly #tables: ReadonlyMap<string, Table>
  readonly #definitions: Readonly<Record<string, Definition>>

  constructor(names: { registry: string; views: string }, onChange: Watcher = () => undefined) {
    this.#definitions = { [names.registry]: registryTable, [names.views]: viewsTable }
    this.#tables = new Map(
      Object.entries(this.#definitions).map(([name, definition]) => [
        name,
        new Table(name, definition, change => onChange(name, change)),
      ]),
    )
  }

  table(name: string | undefined): Table {
    const table = this.#tables.get(name ?? '')
    if (table === undefined) throw invalid(`There is no table ${name}`)
    return table
  }

  /** @param behind the number of a table's last changes that an inconsistent read misses. */
  execute(command: object, behind: (table: string) => number = () => 0): object {
    if (command instanceof GetCommand) {
      const { TableName, Key = {}, ConsistentRead } = command.input
      const Item = this.table(TableName).get(text(Key.pk), text(Key.sk), ConsistentRead ? 0 : behind(TableName ?? ''))
      return Item ? { Item } : {}
    }
    if (command instanceof BatchGetCommand) return this.#batchGet(command, behind)
    if (command instanceof QueryCommand) {
      const { TableName, ConsistentRead, IndexName } = command.input
      if (ConsistentRead && IndexName) throw invalid('Consistent reads are not supported on global secondary indexes')
      return this.table(TableName).query(command.input, ConsistentRead ? 0 : behind(TableName ?? ''))
    }
    if (command instanceof ScanCommand)
      return this.table(command.input.TableName).scan(command.input, behind(command.input.TableName ?? ''))
    if (command instanceof PutCommand) return this.#put(command.input)
    if (command instanceof UpdateCommand) return this.#update(command)
    if (command instanceof DeleteCommand) return this.#delete(command)
    if (command instanceof BatchWriteCommand) return this.#batchWrite(command)
    if (command instanceof TransactWriteCommand) return this.#transactWrite(command)
    throw new Error(`This engine does not know ${command.constructor.name}`)
  }

  #batchGet({ input }: BatchGetCommand, behind: (table: string) => number): object {
    const Responses = Object.entries(input.RequestItems ?? {}).map(([name, { Keys = [], ConsistentRead }]) => {
      if (new Set(Keys.map(({ pk, sk }) => `${pk}\n${sk}`)).size < Keys.length || Keys.length > LIMITS.batchGet)
        throw invalid('Provided list of item keys contains duplicates, or too many')
      const unseen = ConsistentRead ? 0 : behind(name)
      const items = Keys.map(({ pk, sk }) => this.table(name).get(text(pk), text(sk), unseen))
      // The order is not specified.
      return [name, items.filter(item => item !== undefined).reverse()]
    })
    return { Responses: Object.fromEntries(Responses), UnprocessedKeys: {} }
  }

  /** @throws when an item's keys are invalid. */
  #validateItem(name: string | undefined, item: Item | undefined): Item {
    const definition = this.#definitions[name ?? '']
    if (item === undefined || definition === undefined) throw invalid('There is no such table or item')
    const indexed = Object.values(definition.indexes).flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])
    for (const key of ['pk', 'sk', ...indexed.filter(key => item[key] !== undefined)])
      if (text(item[key]) === '') throw invalid(`One or more parameter values are not valid: ${key}`)
    return item
  }

  #meetsCondition(condition: Conditional, old: Item | undefined): boolean {
    return (
      condition.ConditionExpression === undefined || matchesExpression(condition.ConditionExpression, old, condition)
    )
  }

  #put(input: Put): object {
    const item = this.#validateItem(input.TableName, input.Item)
    const table = this.table(input.TableName)
    const [pk, sk] = [text(item.pk), text(item.sk)]
    if (!this.#meetsCondition(input, table.get(pk, sk))) throw conditionFailed()
    table.write(pk, sk, item)
    return {}
  }

  #update({ input }: UpdateCommand): object {
    const table = this.table(input.TableName)
    const [pk, sk] = [text(input.Key?.pk), text(input.Key?.sk)]
    const old = table.get(pk, sk)
    if (!this.#meetsCondition({ ...input, TableName: input.TableName }, old)) throw conditionFailed()
    table.write(pk, sk, applyUpdate(input.UpdateExpression ?? '', old ?? { pk, sk }, input))
    return {}
  }

  #delete({ input }: DeleteCommand): object {
    const table = this.table(input.TableName)
    const [pk, sk] = [text(input.Key?.pk), text(input.Key?.sk)]
    if (!this.#meetsCondition({ ...input, TableName: input.TableName }, table.get(pk, sk))) throw conditionFailed()
    table.write(pk, sk, undefined)
    return {}
  }

  #batchWrite({ input }: BatchWriteCommand): object {
    const writes = Object.entries(input.RequestItems ?? {}).flatMap(([name, requests]) =>
      requests.map(({ PutRequest, DeleteRequest }) => {
        const item = PutRequest ? this.#validateItem(name, PutRequest.Item) : undefined
        const { pk, sk } = item ?? DeleteRequest?.Key ?? {}
        return { name, pk: text(pk), sk: text(sk), item }
      }),
    )
    if (new Set(writes.map(({ name, pk, sk }) => `${name}\n${pk}\n${sk}`)).size < writes.length)
      throw invalid('Provided list of item keys contains duplicates')
    if (writes.length === 0 || writes.length > LIMITS.batchWrite) throw invalid('Too many items, or none')
    for (const { name, pk, sk, item } of writes) this.table(name).write(pk, sk, item)
    return { UnprocessedItems: {} }
  }

  #transactWrite({ input }: TransactWriteCommand): object {
    const writes = (input.TransactItems ?? []).map(({ Put, Delete, ...operations }) => {
      if (Delete !== undefined) {
        const { pk, sk } = Delete.Key ?? {}
        return { write: Delete, item: undefined, table: this.table(Delete.TableName), pk: text(pk), sk: text(sk) }
      }
      if (Put === undefined) throw new Error(`This engine does not know ${Object.keys(operations)} in a transaction`)
      const item = this.#validateItem(Put.TableName, Put.Item)
      return { write: Put, item, table: this.table(Put.TableName), pk: text(item.pk), sk: text(item.sk) }
    })
    if (new Set(writes.map(({ table, pk, sk }) => `${table.name}\n${pk}\n${sk}`)).size < writes.length)
      throw invalid('Transaction request cannot include multiple operations on one item')
    if (writes.length === 0 || writes.length > LIMITS.transaction) throw invalid('Too many items, or none')
    const reasons = writes.map(({ write, table, pk, sk }): Reason => {
      const old = table.get(pk, sk)
      if (this.#meetsCondition({ ...write, TableName: write.TableName }, old)) return { code: 'None' }
      const isOldRequested = write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
      return { code: 'ConditionalCheckFailed', ...(isOldRequested ? { old } : {}) }
    })
    if (reasons.some(({ code }) => code !== 'None')) throw transactionCancelled(reasons)
    for (const { table, pk, sk, item } of writes) table.write(pk, sk, item)
    return {}
  }
}
