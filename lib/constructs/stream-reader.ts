import { Duration, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { suppressNag, suppressWildcardNag } from '../nag-suppressions.ts'
import { toArn } from '../region-context.ts'
import type { RegistryFunction } from './registry-function.ts'

interface Props {
  reader: RegistryFunction
  table: string
  streamArn: string
  key: IKey
}

/** How often a record is retried: with the pauses between, for well over an hour of an unavailable search index. */
const MAX_RETRIES = 100
/** A stream keeps its records for 24 hours; the redrive must read failed ones again within that time. */
const MAX_RECORD_AGE = Duration.hours(12)

/** Lets a function read a table's stream. Batches that fail for too long are noted in a queue, and reading continues. */
export class StreamReader extends Construct {
  readonly failures: Queue

  constructor(scope: Construct, id: string, { reader, table, streamArn, key }: Props) {
    super(scope, id)
    const stack = Stack.of(this)
    this.failures = new Queue(this, 'Failures', {
      queueName: `customer-registry-${reader.name}-failures`,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.minutes(6),
    })
    suppressNag(this.failures, { 'AwsSolutions-SQS3': 'This is the queue of failures.' })
    reader.role.addToPolicy(
      new PolicyStatement({
        sid: 'Stream',
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [streamArn],
      }),
    )
    const streams = new PolicyStatement({
      sid: 'Streams',
      actions: ['dynamodb:ListStreams'],
      resources: [`${toArn(stack, 'dynamodb', `table/${table}`)}/stream/*`],
    })
    reader.role.addToPolicy(streams)
    suppressWildcardNag(reader, streams, 'Lambda asks which streams the table has before it reads the one.')
    reader.role.addToPolicy(
      new PolicyStatement({ sid: 'Failures', actions: ['sqs:SendMessage'], resources: [this.failures.queueArn] }),
    )
    reader.role.addToPolicy(
      new PolicyStatement({
        sid: 'FailuresKey',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': [`sqs.${stack.region}.amazonaws.com`] } },
      }),
    )
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: reader.function,
      eventSourceArn: streamArn,
      // From the oldest record, so that nothing written before the reader existed is skipped.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(0),
      // Records of one partition stay in order; the functions accept records of different partitions in any order.
      parallelizationFactor: 4,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: MAX_RETRIES,
      maxRecordAge: MAX_RECORD_AGE,
      onFailure: { bind: () => ({ destination: this.failures.queueArn }) },
    })
    mapping.node.addDependency(reader.role)
    this.#addRedrive(reader)
  }

  /** An event source from the dead-letter queue, disabled until `npm run redrive` enables it. */
  #addRedrive(reader: RegistryFunction): void {
    reader.role.addToPolicy(
      new PolicyStatement({
        sid: 'Redrive',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        resources: [this.failures.queueArn],
      }),
    )
    const mapping = new EventSourceMapping(this, 'Redrive', {
      target: reader.function,
      eventSourceArn: this.failures.queueArn,
      enabled: false,
      batchSize: 1,
      reportBatchItemFailures: true,
    })
    mapping.node.addDependency(reader.role)
  }
}
