import { Logger } from '@aws-lambda-powertools/logger'
import { type FunctionEnv, functionEnv, readEnv } from '#contract/env.ts'

/** Made once a process, when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { it: T } | null = null
  return () => {
    made ??= { it: make() }
    return made.it
  }
}

/** What the process was told. @throws Error that names each variable that is missing or wrong. */
export const settings: () => FunctionEnv = once(() => readEnv(functionEnv, process.env))

export const logger = new Logger({ serviceName: 'customer-registry' })
