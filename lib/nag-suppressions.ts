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
const joinedArn = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.union([z.string(), arnReference]))]) })
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
