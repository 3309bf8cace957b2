import type { Stack } from 'aws-cdk-lib'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import type { RegistryContext } from './context.ts'

/** What every stack of a region is told. */
export interface RegionContext {
  context: RegistryContext
  region: string
  /** A function's bundle. */
  code: (name: string) => Code
}

/** Whether this is made for AWS itself, and not for an emulator that knows less. */
export const targetsAws = ({ context }: Pick<RegionContext, 'context'>): boolean => context.target === 'aws'

export const isPrimary = ({ context, region }: Pick<RegionContext, 'context' | 'region'>): boolean =>
  context.regions[0] === region

/** An ARN of this account in the stack's region. */
export const toArn = (stack: Stack, service: string, resource: string): string =>
  `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`
