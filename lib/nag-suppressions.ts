import { Stack, Validations } from 'aws-cdk-lib'
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IConstruct } from 'constructs'
import * as z from 'zod'

/** Suppresses findings of cdk-nag, with a reason each. */
export function suppressNag(construct: IConstruct, findings: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(findings)) Validations.of(construct).acknowledge({ id, reason })
}

const arnReference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`),
  z.object({ 'Fn::GetAtt': z.array(z.string()) }).transform(({ 'Fn::GetAtt': path }) => `<${path.join('.')}>`),
])
// cdk-nag has values of other stacks without the brackets.
const importedArn = z.object({ 'Fn::ImportValue': z.string() }).transform(({ 'Fn::ImportValue': name }) => name)
const joinedArn = z.object({
  'Fn::Join': z.tuple([z.string(), z.array(z.union([z.string(), arnReference, importedArn]))]),
})
const arnText = z.union([
  z.string(),
  joinedArn.transform(({ 'Fn::Join': [separator, parts] }) => parts.join(separator)),
])

/** Suppresses findings about wildcards in a policy, one per pattern, in cdk-nag's notation. */
export function suppressWildcardNag(
  construct: IConstruct,
  { resources }: Pick<PolicyStatement, 'resources'>,
  reason: string,
): void {
  const stack = Stack.of(construct)
  const patterns = resources.map(arn => arnText.parse(stack.resolve(arn))).filter(arn => /[*?]/.test(arn))
  suppressNag(construct, Object.fromEntries(patterns.map(arn => [`AwsSolutions-IAM5[Resource::${arn}]`, reason])))
}

/** Suppresses findings about the function that CDK adds to put files into a bucket of the page. */
export function suppressDeploymentNag(stack: Stack, bucketArn: string): void {
  const reason = "The development kit's own function, which puts files into the page's bucket."
  suppressNag(stack, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]': reason,
    'AwsSolutions-L1': reason,
    'AwsSolutions-IAM5[Action::s3:GetObject*]': reason,
    'AwsSolutions-IAM5[Action::s3:GetBucket*]': reason,
    'AwsSolutions-IAM5[Action::s3:List*]': reason,
    'AwsSolutions-IAM5[Action::s3:DeleteObject*]': reason,
    'AwsSolutions-IAM5[Action::s3:Abort*]': reason,
    'AwsSolutions-IAM5[Resource::*]': `${reason} To tell CloudFront that they are new knows no resource.`,
  })
  const assetsArn = `arn:${stack.partition}:s3:::cdk-hnb659fds-assets-${stack.account}-${stack.region}/*`
  suppressWildcardNag(stack, { resources: [assetsArn, `${bucketArn}/*`] }, reason)
}
