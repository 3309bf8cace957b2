import type { Stack } from 'aws-cdk-lib'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import type { RegistryContext } from './context.ts'

/** What every stack of a region receives. */
export interface RegionContext {
  context: RegistryContext
  region: string
  /** A function's bundle. */
  code: (name: string) => Code
}

/** Whether the stacks are for AWS itself rather than for an emulator. */
export const targetsAws = ({ context }: Pick<RegionContext, 'context'>): boolean => context.target === 'aws'

export const isPrimary = ({ context, region }: Pick<RegionContext, 'context' | 'region'>): boolean =>
  context.regions[0] === region

/** An ARN in this account and the stack's region. */
export const toArn = (stack: Stack, service: string, resource: string): string =>
  `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`
