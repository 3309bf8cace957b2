import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { functionSpecs } from '#contract/functions.ts'
import type { RegistryFunction } from '../constructs/registry-function.ts'
import { addLocationFunction, type Location } from '../location.ts'
import { suppressNag } from '../nag-suppressions.ts'
import { PREFIX } from '../names.ts'
import { toArn } from '../region-context.ts'

interface Props extends StackProps {
  location: Location
  /** The region's own API, whatever its custom domain is. */
  url: string
}

/** The scheduled functions: heartbeats, purges, seals and the canary. */
export class SchedulesStack extends Stack {
  readonly functions: readonly RegistryFunction[]
  readonly failures: Queue

  constructor(scope: Construct, id: string, { location, url, ...props }: Props) {
    super(scope, id, { ...props, description: 'Customer registry: what runs by the clock' })
    const { key } = location
    this.failures = new Queue(this, 'Failures', {
      queueName: `${PREFIX}-schedule-failures`,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    suppressNag(this.failures, { 'AwsSolutions-SQS3': 'This is the queue of failures.' })
    const group = new CfnScheduleGroup(this, 'Schedules', { name: PREFIX })
    const scheduled = [...functionSpecs].flatMap(([name, { trigger }]) =>
      typeof trigger === 'object' && 'everyMinutes' in trigger ? [{ name, minutes: trigger.everyMinutes }] : [],
    )
    const canaryVariables = { CANARY_URL: url, ...(location.context.modules.lookup ? {} : { CANARY_LOOKUP: 'off' }) }
    this.functions = scheduled.map(({ name, minutes }) => {
      const registryFunction = addLocationFunction(
        this,
        name,
        location,
        functionSpecs.get(name)?.api ? canaryVariables : {},
      )
      const role = new Role(this, `${name}-schedule`, {
        assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
          conditions: {
            StringEquals: {
              'aws:SourceAccount': this.account,
              'aws:SourceArn': toArn(this, 'scheduler', `schedule-group/${PREFIX}`),
            },
          },
        }),
      })
      const allow = (action: string, resource: string) =>
        role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }))
      allow('lambda:InvokeFunction', registryFunction.function.functionArn)
      allow('sqs:SendMessage', this.failures.queueArn)
      const schedule = new CfnSchedule(this, `${name}-every`, {
        groupName: PREFIX,
        name,
        description: `Customer registry: ${name}`,
        scheduleExpression: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`,
        flexibleTimeWindow: { mode: 'OFF' },
        kmsKeyArn: key.keyArn,
        target: {
          arn: registryFunction.function.functionArn,
          roleArn: role.roleArn,
          // The next run comes soon enough.
          retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: Math.max(60, minutes * 60) },
          deadLetterConfig: { arn: this.failures.queueArn },
        },
      })
      schedule.addResourceDependency(group)
      const viaServices = ['scheduler', 'sqs'].map(service => `${service}.${this.region}.amazonaws.com`)
      role.addToPolicy(
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [key.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': viaServices } },
        }),
      )
      return registryFunction
    })
  }
}
