import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { KEY_ALIAS, LOGS } from '../names.ts'
import { toArn } from '../region-context.ts'

/** The key of one region, which encrypts tables, logs, queues and the alarms' topic. It must exist before the table's replica. */
export class KeyStack extends Stack {
  readonly key: Key

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, { ...props, description: 'Customer registry: the key of this region' })
    this.key = new Key(this, 'Key', {
      alias: KEY_ALIAS,
      description: 'Customer registry: what is stored in this region',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      // Without the key, tables and backups could not be read.
      removalPolicy: RemovalPolicy.RETAIN,
    })
    const actions = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey']
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Logs',
        principals: [new ServicePrincipal(`logs.${this.region}.amazonaws.com`)],
        actions: actions,
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': [
              toArn(this, 'logs', `log-group:${LOGS}/*`),
              toArn(this, 'logs', `log-group:aws-waf-logs-${LOGS.slice(1)}*`),
            ],
          },
        },
      }),
    )
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    )
  }
}
