import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import { registryTable, STREAM_VIEW, viewsTable } from '#contract/tables.ts'
import type { TableNames } from './tables.ts'

interface Definition {
  partitionKey: string
  sortKey: string
  indexes: Record<string, { partitionKey: string; sortKey: string }>
}

const keySchema = ({
  partitionKey,
  sortKey,
}: Pick<Definition, 'partitionKey' | 'sortKey'>): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  { AttributeName: sortKey, KeyType: 'RANGE' },
]

function tableInput(TableName: string, definition: Definition): CreateTableCommandInput {
  const indexes = Object.entries(definition.indexes)
  const keys = new Set(
    [definition, ...indexes.map(([, index]) => index)].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]),
  )
  const AttributeDefinitions: AttributeDefinition[] = [...keys].map(AttributeName => ({
    AttributeName,
    AttributeType: 'S',
  }))
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions,
    KeySchema: keySchema(definition),
    StreamSpecification: { StreamEnabled: true, StreamViewType: STREAM_VIEW },
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(([IndexName, index]) => ({
            IndexName,
            KeySchema: keySchema(index),
            Projection: { ProjectionType: 'KEYS_ONLY' },
          })),
        }),
  }
}

/** Adds indexes that an earlier version of the table lacks; the engine fills them. */
async function addIndexes(client: DynamoDBClient, input: CreateTableCommandInput): Promise<void> {
  const { TableName, AttributeDefinitions, GlobalSecondaryIndexes = [] } = input
  const { Table } = await client.send(new DescribeTableCommand({ TableName }))
  const existing = new Set((Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName))
  for (const index of GlobalSecondaryIndexes.filter(({ IndexName }) => !existing.has(IndexName)))
    await client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      }),
    )
}

/** Creates both tables on a local engine, from the definition that the CDK stacks use. Existing ones stay, with the indexes that they lack. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const input of [tableInput(names.registry, registryTable), tableInput(names.views, viewsTable)]) {
    try {
      await client.send(new CreateTableCommand(input))
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error
      await addIndexes(client, input)
    }
  }
}
