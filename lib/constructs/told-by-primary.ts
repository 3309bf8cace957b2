import { Duration, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources'
import { Construct } from 'constructs'
import { allowed } from './allowed.ts'
import { arnOf } from './surroundings.ts'

interface Call {
  service: string
  action: string
  parameters: Record<string, unknown>
  region?: string
}

/** Asks AWS for something while the stack is deployed. */
class Asked extends Construct {
  readonly #resource: AwsCustomResource

  constructor(scope: Construct, id: string, call: Call, permission: PolicyStatement) {
    super(scope, id)
    const physicalResourceId = PhysicalResourceId.of(`${call.service}.${call.action}.${id}`)
    this.#resource = new AwsCustomResource(this, 'Call', {
      // What was asked once may be otherwise the next time: each deployment asks anew.
      onUpdate: { ...call, physicalResourceId },
      policy: AwsCustomResourcePolicy.fromStatements([permission]),
      installLatestAwsSdk: false,
      timeout: Duration.minutes(2),
    })
  }

  field(path: string): string {
    return this.#resource.getResponseField(path)
  }
}

/** A parameter that the primary region keeps, read where a stack of another region is deployed. */
export function toldByPrimary(scope: Construct, id: string, parameter: string, primary: string): string {
  const { partition, account } = Stack.of(scope)
  const call = { service: 'SSM', action: 'getParameter', parameters: { Name: parameter }, region: primary }
  const permission = new PolicyStatement({
    actions: ['ssm:GetParameter'],
    resources: [`arn:${partition}:ssm:${primary}:${account}:parameter${parameter}`],
  })
  return new Asked(scope, id, call, permission).field('Parameter.Value')
}

/** The stream of the table's replica in this region: the table itself tells only its own (aws/aws-cdk#31335). */
export function replicaStream(scope: Construct, id: string, table: string): string {
  const call = { service: 'DynamoDB', action: 'describeTable', parameters: { TableName: table } }
  const permission = new PolicyStatement({
    actions: ['dynamodb:DescribeTable'],
    resources: [arnOf(Stack.of(scope), 'dynamodb', `table/${table}`)],
  })
  return new Asked(scope, id, call, permission).field('Table.LatestStreamArn')
}

/** Explains the function that the development kit brings along to ask. */
export function askingAllowed(stack: Stack): void {
  allowed(stack, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      "The development kit's own function, which asks AWS for a name while a stack is deployed, may write its log.",
    'AwsSolutions-L1': "The development kit's own function: its runtime comes with the kit's version.",
  })
}
