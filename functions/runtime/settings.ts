import { Logger } from '@aws-lambda-powertools/logger'
import { readSecret } from '#adapters/secrets/secret-value.ts'
import { type FunctionEnv, functionEnv, InvalidEnvironment, readEnv, SECRET } from '#contract/env.ts'
import { lazy } from '#domain/lazy.ts'
import { CompactLogFormatter } from './log-formatter.ts'

/** The values of the secrets that environment variables name. */
async function readSecrets(environment: Record<string, string | undefined>): Promise<Record<string, string>> {
  const secretVariables = Object.entries(environment).filter(([, value]) => value?.startsWith(SECRET))
  const readings = secretVariables.map(
    async ([name, value = '']): Promise<[string, string]> => [
      name,
      await readSecret(value.slice(SECRET.length), environment),
    ],
  )
  return Object.fromEntries(await Promise.all(readings))
}

// Read during initialisation rather than in the first request.
const secrets = await readSecrets(process.env)

function assertPresent(name: string, value: string | undefined): string {
  if (value === undefined) throw new InvalidEnvironment([`${name}: is missing`])
  return value
}

/** What the process was told. */
export interface Settings extends FunctionEnv {
  /** @throws InvalidEnvironment for a function that was given none. */
  readonly CURSOR_KEY: string
  /** @throws InvalidEnvironment for a function that was given none. */
  readonly RECEIPT_KEY: string
}

/** What the process was told. @throws InvalidEnvironment that names each variable that is missing or wrong. */
export const getSettings: () => Settings = lazy(() => {
  const environment = readEnv(functionEnv, { ...process.env, ...secrets })
  return {
    ...environment,
    get CURSOR_KEY() {
      return assertPresent('CURSOR_KEY', environment.CURSOR_KEY)
    },
    get RECEIPT_KEY() {
      return assertPresent('RECEIPT_KEY', environment.RECEIPT_KEY)
    },
  }
})

export const logger = new Logger({ serviceName: 'customer-registry', logFormatter: new CompactLogFormatter() })
