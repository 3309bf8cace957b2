import { Logger } from '@aws-lambda-powertools/logger'
import { secretValue } from '#adapters/secrets/secret-value.ts'
import { type FunctionEnv, functionEnv, readEnv, SECRET, WrongEnvironment } from '#contract/env.ts'

/** Made once a process, when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { it: T } | null = null
  return () => {
    made ??= { it: make() }
    return made.it
  }
}

/** The values of those variables that name a secret. */
async function secretsIn(environment: Record<string, string | undefined>): Promise<Record<string, string>> {
  const named = Object.entries(environment).filter(([, value]) => value?.startsWith(SECRET))
  const read = named.map(
    async ([name, value = '']): Promise<[string, string]> => [
      name,
      await secretValue(value.slice(SECRET.length), environment),
    ],
  )
  return Object.fromEntries(await Promise.all(read))
}

// Before the first request, and not within it: the time until a function is ready is the platform's.
const secrets = await secretsIn(process.env)

function needed(name: string, value: string | undefined): string {
  if (value === undefined) throw new WrongEnvironment([`${name}: is missing`])
  return value
}

/** What the process was told. */
export interface Settings extends FunctionEnv {
  /** @throws WrongEnvironment for a function that was given none. */
  readonly CURSOR_KEY: string
  /** @throws WrongEnvironment for a function that was given none. */
  readonly RECEIPT_KEY: string
}

/** What the process was told. @throws WrongEnvironment that names each variable that is missing or wrong. */
export const settings: () => Settings = once(() => {
  const told = readEnv(functionEnv, { ...process.env, ...secrets })
  return {
    ...told,
    get CURSOR_KEY() {
      return needed('CURSOR_KEY', told.CURSOR_KEY)
    },
    get RECEIPT_KEY() {
      return needed('RECEIPT_KEY', told.RECEIPT_KEY)
    },
  }
})

export const logger = new Logger({ serviceName: 'customer-registry' })
