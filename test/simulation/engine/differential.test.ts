import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { connect, toDocumentClient } from '#adapters/dynamodb/sdk-documents.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { NAMES } from '../location.ts'
import { RandomSource } from '../random.ts'
import { someCommand } from './commands.ts'
import { Engine } from './engine.ts'

/** The parts of a response that a caller may rely on: no order of unordered lists, and no capacity. */
function toComparable(answer: object): unknown {
  const { Item, Items, Responses, LastEvaluatedKey } = answer as Record<string, unknown>
  const unordered = (items: unknown) =>
    (items as { pk: string; sk: string }[]).map(item => JSON.stringify(sorted(item))).sort()
  return {
    Item: sorted(Item ?? null),
    Items: sorted(Items ?? null),
    LastEvaluatedKey: sorted(LastEvaluatedKey ?? null),
    Responses: Responses
      ? Object.entries(Responses).flatMap(([table, items]) => unordered(items).map(item => [table, item]))
      : null,
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, sorted(member)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** The parts of a refusal that the adapters read. */
function toRefusal(error: unknown): unknown {
  if (!(error instanceof Error)) throw error
  const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined
  return { refused: error.name, reasons: reasons?.map(({ Code, Item }) => [Code, sorted(Item ?? null)]) }
}

describe('the simulated table engine', () => {
  let real: TestEngine
  let client: ReturnType<typeof connect>

  beforeAll(async () => {
    real = await startEngine()
    client = connect({ endpoint: real.endpoint })
  })

  afterAll(async () => {
    client.destroy()
    await real.stop()
  })

  /** Scans are ordered by a hash that differs between the engines. */
  const isScan = (command: object) => command.constructor.name === 'ScanCommand'

  test('answers 1,000 commands of the adapters like the real table engine', async () => {
    const random = new RandomSource(7)
    const simulated = new Engine(NAMES)
    const documents = toDocumentClient(client)
    const kinds = new Set<string>()
    for (let n = 0; n < 1000; n++) {
      const command = someCommand(random)
      const send = documents.send.bind(documents) as (command: object) => Promise<object>
      const expected = await send(command).then(toComparable, toRefusal)
      const actual = await Promise.resolve()
        .then(() => simulated.execute(command))
        .then(toComparable, toRefusal)
      const details = { n, command: command.constructor.name, input: Reflect.get(command, 'input') }
      const ignoreScanOrder = (answer: unknown) =>
        isScan(command)
          ? [...((answer as { Items: unknown[] }).Items ?? [])].map(item => JSON.stringify(item)).sort()
          : answer
      expect({ ...details, answer: ignoreScanOrder(actual) }).toEqual({ ...details, answer: ignoreScanOrder(expected) })
      kinds.add(`${command.constructor.name} ${'refused' in Object(actual) ? 'refused' : 'done'}`)
    }
    expect([...kinds].sort()).toEqual([
      'BatchGetCommand done',
      'BatchWriteCommand done',
      'DeleteCommand done',
      'DeleteCommand refused',
      'GetCommand done',
      'PutCommand done',
      'PutCommand refused',
      'QueryCommand done',
      'ScanCommand done',
      'TransactWriteCommand done',
      'TransactWriteCommand refused',
      'UpdateCommand done',
      'UpdateCommand refused',
    ])
  })
})
