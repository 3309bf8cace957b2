import { Stack, Validations } from 'aws-cdk-lib'
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IConstruct } from 'constructs'
import * as z from 'zod'

/** Says why a finding of cdk-nag is as it should be. */
export function allowed(construct: IConstruct, findings: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(findings)) Validations.of(construct).acknowledge({ id, reason })
}

const reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`),
  z.object({ 'Fn::GetAtt': z.array(z.string()) }).transform(({ 'Fn::GetAtt': path }) => `<${path.join('.')}>`),
])
const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.union([z.string(), reference]))]) })
const text = z.union([z.string(), joined.transform(({ 'Fn::Join': [by, parts] }) => parts.join(by))])

/** Says why a grant names resources by a pattern: each pattern is a finding of its own, called as cdk-nag writes it. */
export function patternsAllowed(
  construct: IConstruct,
  { resources }: Pick<PolicyStatement, 'resources'>,
  reason: string,
): void {
  const stack = Stack.of(construct)
  const patterns = resources.map(arn => text.parse(stack.resolve(arn))).filter(arn => /[*?]/.test(arn))
  allowed(construct, Object.fromEntries(patterns.map(arn => [`AwsSolutions-IAM5[Resource::${arn}]`, reason])))
}
