import { Duration, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources'
import { Construct } from 'constructs'
import { suppressNag } from './nag-suppressions.ts'
import { toArn } from './region-context.ts'

interface SdkCallProps {
  service: string
  action: string
  parameters: Record<string, unknown>
  region?: string
}

/** Calls AWS during deployment. */
class SdkCall extends Construct {
  readonly #resource: AwsCustomResource

  constructor(scope: Construct, id: string, call: SdkCallProps, permission: PolicyStatement) {
    super(scope, id)
    const physicalResourceId = PhysicalResourceId.of(`${call.service}.${call.action}.${id}`)
    this.#resource = new AwsCustomResource(this, 'Call', {
      // Repeated with each deployment, because the answer may change.
      onUpdate: { ...call, physicalResourceId },
      policy: AwsCustomResourcePolicy.fromStatements([permission]),
      installLatestAwsSdk: false,
      timeout: Duration.minutes(2),
    })
  }

  getField(path: string): string {
    return this.#resource.getResponseField(path)
  }
}

/** Reads a parameter of the primary region while a stack of another region is deployed. */
export function readPrimaryParameter(scope: Construct, id: string, parameter: string, primary: string): string {
  const { partition, account } = Stack.of(scope)
  const call = { service: 'SSM', action: 'getParameter', parameters: { Name: parameter }, region: primary }
  const permission = new PolicyStatement({
    actions: ['ssm:GetParameter'],
    resources: [`arn:${partition}:ssm:${primary}:${account}:parameter${parameter}`],
  })
  return new SdkCall(scope, id, call, permission).getField('Parameter.Value')
}

/** The stream of the table's replica in this region; the table construct has only the primary one (aws/aws-cdk#31335). */
export function readReplicaStreamArn(scope: Construct, id: string, table: string): string {
  const call = { service: 'DynamoDB', action: 'describeTable', parameters: { TableName: table } }
  const permission = new PolicyStatement({
    actions: ['dynamodb:DescribeTable'],
    resources: [toArn(Stack.of(scope), 'dynamodb', `table/${table}`)],
  })
  return new SdkCall(scope, id, call, permission).getField('Table.LatestStreamArn')
}

/** Suppresses findings about the function that CDK adds for these calls. */
export function suppressSdkCallNag(stack: Stack): void {
  suppressNag(stack, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      "The development kit's own function, which asks AWS for a name while a stack is deployed, may write its log.",
    'AwsSolutions-L1': "The development kit's own function: its runtime comes with the kit's version.",
  })
}
