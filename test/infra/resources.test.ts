import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Template } from 'aws-cdk-lib/assertions'
import { viewsTable } from '#contract/tables.ts'
import { getResources, type Json, OTHER_REGION, REGION, type Resource, synthStacks } from './stacks.ts'

let stacks: Map<string, Template>
const getResourcesOf = (stack: string, type: string): Resource[] => {
  const template = stacks.get(stack)
  return template ? getResources([template], type) : []
}

beforeAll(() => {
  stacks = synthStacks({ regions: [REGION, OTHER_REGION], retentionDays: 30 })
})

describe('the registry table', () => {
  test('is one global table with a key in each region and point-in-time recovery for 35 days', () => {
    const [table, ...more] = getResourcesOf('registry', 'AWS::DynamoDB::GlobalTable')
    expect(more).toEqual([])
    expect(table?.DeletionPolicy).toBe('Retain')
    expect(table?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    })
    const { Replicas: replicas } = table?.Properties ?? {}
    expect(replicas.map(({ Region }: Json) => Region).sort()).toEqual([REGION, OTHER_REGION])
    for (const replica of replicas) {
      expect(replica).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      })
      expect(replica.SSESpecification.KMSMasterKeyId).toBeDefined()
    }
  })

  test('has no index and no time to live', () => {
    const [table] = getResourcesOf('registry', 'AWS::DynamoDB::GlobalTable')
    expect(table?.Properties).not.toHaveProperty('GlobalSecondaryIndexes')
    expect(table?.Properties).not.toHaveProperty('TimeToLiveSpecification')
  })
})

describe.each([REGION, OTHER_REGION])('the views of %s', region => {
  test('are one table in that region, with the indexes of the contract', () => {
    const [table] = getResourcesOf(`projections-${region}`, 'AWS::DynamoDB::GlobalTable')
    expect(table?.DeletionPolicy).toBe('Retain')
    expect(table?.Properties.Replicas).toHaveLength(1)
    expect(table?.Properties).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: viewsTable.timeToLive, Enabled: true },
    })
    const indexes = table?.Properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }: Json) => [
      IndexName,
      ...KeySchema.map(({ AttributeName }: Json) => AttributeName),
      Projection.ProjectionType,
    ])
    expect(indexes.sort()).toEqual(
      Object.entries(viewsTable.indexes)
        .map(([name, { partitionKey, sortKey }]) => [name, partitionKey, sortKey, 'KEYS_ONLY'])
        .sort(),
    )
  })

  test('and the registry have one stream consumer each, with limited retries and a dead-letter queue', () => {
    const allMappings = getResourcesOf(`projections-${region}`, 'AWS::Lambda::EventSourceMapping')
    const mappings = allMappings.filter(({ Properties }) => Properties.StartingPosition)
    expect(mappings).toHaveLength(2)
    for (const { Properties } of mappings) {
      expect(Properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 100,
        MaximumRecordAgeInSeconds: 43_200,
        ParallelizationFactor: 4,
        BatchSize: 100,
      })
      expect(Properties.DestinationConfig.OnFailure.Destination).toBeDefined()
    }
    // Redriving is disabled until an operator enables it.
    const redrive = allMappings.filter(({ Properties }) => !Properties.StartingPosition)
    expect(redrive.map(({ Properties }) => Properties.Enabled)).toEqual([false, false])
    for (const { Properties } of getResourcesOf(`projections-${region}`, 'AWS::SQS::Queue'))
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, KmsMasterKeyId: expect.anything() })
  })
})

test('every function runs on Node 24 and arm64, with tracing and an encrypted log of limited retention', () => {
  const functions = getResources(stacks.values(), 'AWS::Lambda::Function').filter(
    ({ Properties }) => Properties.FunctionName,
  )
  expect(functions.length).toBeGreaterThan(20)
  for (const { Properties } of functions) {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: expect.anything() },
    })
    expect([256, 512]).toContain(Properties.MemorySize)
  }
  const logs = getResources(stacks.values(), 'AWS::Logs::LogGroup')
  for (const { Properties } of logs) {
    expect(Properties.KmsKeyId).toBeDefined()
    expect(Properties.RetentionInDays).toBeLessThanOrEqual(365)
  }
})

test('no function configuration contains a secret', () => {
  for (const { Properties } of getResources(stacks.values(), 'AWS::Lambda::Function')) {
    const { Variables = {} } = Properties.Environment ?? {}
    for (const name of ['CURSOR_KEY', 'RECEIPT_KEY', 'CANARY_PASSWORD'])
      if (name in Variables) expect(Variables[name]).toMatch(/^secret:customer-registry\//)
    expect(Variables).not.toHaveProperty('TOKEN_SIGNING_KEY')
  }
})

test('secrets are created in the primary region and replicated to the others', () => {
  const secrets = getResourcesOf('registry', 'AWS::SecretsManager::Secret')
  expect(secrets).toHaveLength(3)
  for (const { Properties, DeletionPolicy } of secrets) {
    expect(Properties).toMatchObject({
      ReplicaRegions: [{ Region: OTHER_REGION }],
      GenerateSecretString: { PasswordLength: 64 },
    })
    expect(DeletionPolicy).toBe('Retain')
  }
})

test('users cannot sign up themselves, and the user pool is retained', () => {
  const [pool] = getResourcesOf('registry', 'AWS::Cognito::UserPool')
  expect(pool).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: { DeletionProtection: 'ACTIVE', AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
  })
  const groups = getResourcesOf('registry', 'AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties.GroupName)
  expect(groups.sort()).toEqual(['service_agent', 'service_canary', 'service_provider'])
})

test('keys are rotated every year and outlive their stacks', () => {
  for (const region of [REGION, OTHER_REGION])
    expect(getResourcesOf(`key-${region}`, 'AWS::KMS::Key')).toMatchObject([
      { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } },
    ])
})

test('every schedule has a dead-letter queue', () => {
  const schedules = getResourcesOf(`retention-${OTHER_REGION}`, 'AWS::Scheduler::Schedule')
  expect(schedules.map(({ Properties }) => [Properties.Name, Properties.ScheduleExpression])).toContainEqual([
    'heartbeat',
    'rate(1 minute)',
  ])
  for (const { Properties } of schedules) expect(Properties.Target.DeadLetterConfig.Arn).toBeDefined()
})

test('a secondary region reads the user pool from the primary and the stream from its own table', () => {
  const sdkCalls = getResourcesOf(`projections-${OTHER_REGION}`, 'Custom::AWS').map(({ Properties }) =>
    JSON.stringify(Properties.Update),
  )
  expect(sdkCalls.filter(call => call.includes('getParameter') && call.includes(REGION))).toHaveLength(2)
  expect(sdkCalls.filter(call => call.includes('describeTable'))).toHaveLength(1)
  expect(getResourcesOf(`projections-${REGION}`, 'Custom::AWS')).toEqual([])
})

describe('the search domain', () => {
  const getDomain = (search: unknown) =>
    getResources(synthStacks({ regions: [REGION], search }).values(), 'AWS::OpenSearchService::Domain')

  test('is one small node with encryption at rest and in transit', () => {
    expect(getResourcesOf(`projections-${REGION}`, 'AWS::OpenSearchService::Domain')).toMatchObject([
      {
        Properties: {
          ClusterConfig: { InstanceCount: 1, InstanceType: 't3.small.search', DedicatedMasterEnabled: false },
          DomainEndpointOptions: { EnforceHTTPS: true },
          EncryptionAtRestOptions: { Enabled: true },
          NodeToNodeEncryptionOptions: { Enabled: true },
        },
      },
    ])
  })

  test('is three nodes in three zones in the multi-az form', () => {
    expect(getDomain({ kind: 'managed', form: 'multi-az' })).toMatchObject([
      { Properties: { ClusterConfig: { InstanceCount: 3, DedicatedMasterCount: 3, ZoneAwarenessEnabled: true } } },
    ])
  })

  test.each([[{ kind: 'none' }], [{ kind: 'endpoint', endpoints: { [REGION]: 'https://search.example.org' } }]])(
    'does not exist with %j',
    search => {
      expect(getDomain(search)).toEqual([])
    },
  )
})
