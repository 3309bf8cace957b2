import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { FunctionSpec } from '#contract/function-spec.ts'
import { createGrants, type GrantContext, patternReasons } from '../grants.ts'
import { suppressNag, suppressWildcardNag } from '../nag-suppressions.ts'
import { LOGS } from '../names.ts'

export interface FunctionProps {
  name: string
  spec: FunctionSpec
  code: Code
  environment: Record<string, string>
  key: IKey
  grantContext: Omit<GrantContext, 'keyArn'>
  logDays: RetentionDays
}

/** One function, with a role that allows only what it needs, and its own log group. */
export class RegistryFunction extends Construct {
  readonly name: string
  readonly function: LambdaFunction
  readonly logs: LogGroup
  readonly role: Role
  /** In MB. */
  readonly memory: number

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id)
    const { name, spec, code, environment, key, grantContext, logDays } = props
    const stack = Stack.of(this)
    this.name = name
    this.memory = spec.memory
    this.logs = new LogGroup(this, 'Logs', {
      logGroupName: `${LOGS}/functions/${name}`,
      retention: logDays,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Customer registry: what ${name} may do`,
    })
    this.role.addToPolicy(
      new PolicyStatement({
        sid: 'Log',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logs.logGroupArn],
      }),
    )
    for (const statement of createGrants(stack, spec, { ...grantContext, keyArn: key.keyArn })) {
      this.role.addToPolicy(statement)
      const reason = patternReasons[statement.sid ?? '']
      if (reason !== undefined) suppressWildcardNag(this, statement, reason)
    }
    this.function = new LambdaFunction(this, 'Function', {
      functionName: `customer-registry-${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'handler.handler',
      code,
      role: this.role,
      memorySize: spec.memory,
      timeout: Duration.seconds(spec.timeout),
      environment,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.TEXT,
      logGroup: this.logs,
    })
    suppressNag(this, {
      'AwsSolutions-IAM5[Resource::*]': 'X-Ray takes traces from whom it will: its actions know no resource.',
      'AwsSolutions-L1': 'Node 24 is the newest that Lambda runs; the rule may know an older list.',
    })
  }
}
