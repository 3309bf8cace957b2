import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  ResourceInUseException,
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

/** Creates both tables on a local engine, from the definition that the CDK stacks use. Existing ones stay. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  for (const input of [tableInput(names.registry, registryTable), tableInput(names.views, viewsTable)]) {
    try {
      await client.send(new CreateTableCommand(input))
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error
    }
  }
}
