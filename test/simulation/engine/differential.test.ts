import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { connect, toDocumentClient } from '#adapters/dynamodb/tables.ts'
import { startEngine, type TestEngine } from '#test/adapters/dynamodb/engine.ts'
import { NAMES } from '../location.ts'
import { Chance } from '../random.ts'
import { someCommand } from './commands.ts'
import { Engine } from './engine.ts'

/** What a caller can go by in an answer: not the order of what has none, nor what it cost. */
function essence(answer: object): unknown {
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
      .map(([name, it]) => [name, sorted(it)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** How a command is refused: what the adapters look at. */
function refusal(error: unknown): unknown {
  if (!(error instanceof Error)) throw error
  const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined
  return { refused: error.name, reasons: reasons?.map(({ Code, Item }) => [Code, sorted(Item ?? null)]) }
}

describe('the engine of the simulation', () => {
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

  /** Whether commands came in this order or that matters to a scan alone: it goes by a hash that each engine has for itself. */
  const isScan = (command: object) => command.constructor.name === 'ScanCommand'

  test('answers 1,000 commands of the shapes that the adapters send as the table engine does', async () => {
    const chance = new Chance(7)
    const simulated = new Engine(NAMES)
    const documents = toDocumentClient(client)
    const kinds = new Set<string>()
    for (let n = 0; n < 1000; n++) {
      const command = someCommand(chance)
      const send = documents.send.bind(documents) as (command: object) => Promise<object>
      const there = await send(command).then(essence, refusal)
      const here = await Promise.resolve()
        .then(() => simulated.execute(command))
        .then(essence, refusal)
      const told = { n, command: command.constructor.name, input: Reflect.get(command, 'input') }
      const inAnyOrder = (answer: unknown) =>
        isScan(command)
          ? [...((answer as { Items: unknown[] }).Items ?? [])].map(item => JSON.stringify(item)).sort()
          : answer
      expect({ ...told, answer: inAnyOrder(here) }).toEqual({ ...told, answer: inAnyOrder(there) })
      kinds.add(`${command.constructor.name} ${'refused' in Object(here) ? 'refused' : 'done'}`)
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
