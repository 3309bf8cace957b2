import { z } from 'zod'
import { cliEnv, readEnv } from '#contract/env.ts'
import { Failure, UsageError } from './failure.ts'
import { wholeNumber } from './option.ts'

const DEFAULT_URL = 'http://127.0.0.1:8001'
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** The options of every command. */
export const connectionOptions = z.object({
  url: z
    .string()
    .optional()
    .meta({ value: 'URL', description: `the URL of the registry (REGISTRY_URL; default: ${DEFAULT_URL})` }),
  user: z
    .string()
    .min(1, 'is empty')
    .optional()
    .meta({ value: 'NAME', description: 'the user (REGISTRY_USER; default on this machine: agent)' }),
  password: z
    .string()
    .min(1, 'is empty')
    .optional()
    .meta({ value: 'WORD', description: 'the password (safer in REGISTRY_PASSWORD: others may see a command line)' }),
  patience: wholeNumber(0, 86_400)
    .optional()
    .meta({ value: 'SECONDS', description: 'how long to retry without a response, or after 429 and 5xx' }),
})
export type ConnectionOptions = z.output<typeof connectionOptions>

export interface Settings {
  /** Without a trailing slash. */
  url: string
  /** A given token, which is not renewed. */
  token: string | null
  /** The credentials, if no token was given. */
  login: { username: string; password: string } | null
  /** In seconds. */
  patience: number
}

/** @throws UsageError, which does not repeat a URL that may contain a password. */
function readUrl(text: string): URL {
  // Without URL.parse, which Node 20 lacks.
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError('the registry URL is invalid: it must begin with http:// or https://')
  if (url.username || url.password)
    throw new UsageError('the registry URL contains credentials: pass --user and --password instead')
  if (url.search || url.hash) throw new UsageError('the registry URL contains a query: remove it')
  return url
}

/**
 * The registry's URL and the caller's credentials. Options take precedence over the environment. The demo user is only used for this
 * machine.
 */
export function readSettings(
  options: ConnectionOptions,
  environment: Record<string, string | undefined>,
  patience: number,
): Settings {
  const env = readCliEnv(environment)
  const url = readUrl(options.url ?? env.REGISTRY_URL ?? DEFAULT_URL)
  const demo = LOOPBACK.test(url.hostname) ? 'agent' : undefined
  const named = options.user ?? env.REGISTRY_USER
  const username = named ?? demo
  const password =
    options.password ?? env.REGISTRY_PASSWORD ?? (named === undefined || named === demo ? demo : undefined)
  return {
    url: url.href.replace(/\/+$/, ''),
    token: options.user === undefined ? (env.REGISTRY_TOKEN ?? null) : null,
    login: username !== undefined && password !== undefined ? { username, password } : null,
    patience: options.patience ?? patience,
  }
}

function readCliEnv(environment: Record<string, string | undefined>): z.output<typeof cliEnv> {
  try {
    return readEnv(cliEnv, environment)
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : 'the environment cannot be read')
  }
}
