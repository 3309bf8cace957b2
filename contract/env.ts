import * as z from 'zod'
import { signInConfiguration } from './page-configuration.ts'
import { currency } from './schemas/currency.ts'
import { locationName } from './schemas/location.ts'

/** The environment variables of the functions. They are read once; a plain string has no other meaning. */
const name = z.string().min(1)

/** Only functions that sign have it. If it is missing, its first use reports that. */
const key = z.string().min(32).optional()

/** The prefix of a value that names a secret instead of containing it. The secret is read when the process starts. */
export const SECRET = 'secret:'

/** How often the purge runs in the cloud. */
export const PURGE_EVERY_MINUTES = 60

export const functionEnv = z.object({
  /** The name of this location, which is part of every version's key. */
  REGISTRY_LOCATION: locationName,
  REGISTRY_TABLE: name,
  VIEWS_TABLE: name,
  /** The table engine, if not DynamoDB of AWS. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  /**
   * How tables are called: `direct`; `grouped`, which also commits concurrent writes together, on one machine; or `sdk` through all layers of the
   * AWS SDK.
   */
  DYNAMODB_CLIENT: z.enum(['direct', 'grouped', 'sdk']).default('direct'),
  /** The OpenSearch cluster of the search index. Without one, the index is in memory. */
  OPENSEARCH_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** The AWS region to sign OpenSearch requests for. Not needed for endpoints of AWS. */
  OPENSEARCH_REGION: name.optional(),
  /** The prefix of index names, if several registries share an OpenSearch cluster. */
  OPENSEARCH_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .default(''),
  /** The managed domain of the search index. */
  OPENSEARCH_DOMAIN: name.optional(),
  /**
   * `none` disables the search index: exact look-ups use the table, and all other searches are refused. `thread` gives an index in memory a
   * thread of its own.
   */
  SEARCH_INDEX: z.enum(['none', 'thread']).optional(),
  /** Signs cursors; at least 32 characters. */
  CURSOR_KEY: key,
  /** Signs lookup receipts and hashes the criteria of lookups; at least 32 characters. */
  RECEIPT_KEY: key,
  TOKEN_ISSUER: z.url(),
  /** The client id that tokens must have. */
  TOKEN_CLIENT_ID: name,
  /** The client of the page's sign-in, whose tokens are accepted too. */
  TOKEN_PAGE_CLIENT_ID: name.optional(),
  /** The issuer's public keys, if configured; otherwise they are fetched from the issuer. */
  TOKEN_JWKS: name.optional(),
  /** A private key (JWK) and users, if this process issues tokens itself. */
  TOKEN_SIGNING_KEY: name.optional(),
  TOKEN_USERS: name.optional(),
  /** The file of users, if this process issues tokens to users that the provider manages. It takes precedence over TOKEN_USERS. */
  TOKEN_USERS_FILE: name.optional(),
  /** The Cognito user pool, for the function that manages users. */
  USER_POOL_ID: name.optional(),
  /** The Cognito endpoint that checks names and passwords and issues tokens. */
  TOKEN_LOGIN: z.url().optional(),
  /** The default number of search results. */
  REGISTRY_SEARCH_LIMIT: z.coerce.number().int().min(1).max(100).default(25),
  /** The number of public lookups per source address and day. */
  REGISTRY_LOOKUP_BUDGET: z.coerce.number().int().min(1).default(1000),
  /** The default currency of purchases (ISO 4217). It must be the same at all locations. */
  REGISTRY_CURRENCY: currency.default('EUR'),
  /** How many days customers stay after their last change, until the provider sets a policy. Default: forever. */
  REGISTRY_RETENTION_DAYS: z.coerce.number().int().min(1).optional(),
  /** The length of a retention day in seconds. Smaller values help to try out a policy. */
  REGISTRY_DAY_SECONDS: z.coerce.number().int().min(1).default(86_400),
  /** The seconds between the phases of a purge, after all locations have acknowledged the one before. */
  REGISTRY_PURGE_WAIT: z.coerce.number().int().min(0).default(86_400),
  /** The interval between scheduled purge runs, in seconds. */
  REGISTRY_PURGE_EVERY: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(PURGE_EVERY_MINUTES * 60),
  /** The age at which audit entries are sealed, in seconds: longer than any request or stream delay. */
  REGISTRY_SEAL_AFTER: z.coerce.number().int().min(1).default(300),
  /** The interval between heartbeats. A location that is silent three times as long counts as down. */
  HEARTBEAT_SECONDS: z.coerce.number().int().min(1).default(5),
  /** The API that the canary calls, and its user's password. */
  CANARY_URL: z
    .url()
    .transform(url => url.replace(/\/$/, ''))
    .optional(),
  CANARY_PASSWORD: name.optional(),
  /** `off`: there is no public lookup. */
  CANARY_LOOKUP: z.enum(['off']).optional(),
  /** The origin of the web page, which alone may read responses in a browser. */
  PAGE_ORIGIN: z.url().optional(),
  /** The groups that have their own usage plan, separated by commas; all others share one. */
  USAGE_PLANS: name.optional(),
})
export type FunctionEnv = z.infer<typeof functionEnv>

const LAST_PORT = 65535

/** Whether only this machine itself reaches an address. */
export const isLoopback = (address: string): boolean => /^(127(\.\d+){3}|::1)$/.test(address)

/** The parts of a list that is written with commas. */
const commaList = (text: string): string[] => text.split(',').map(part => part.trim())

/**
 * An OpenID Connect issuer whose access tokens have Cognito's claims. `jwks` are its public keys; without them, they are fetched from
 * `/.well-known/jwks.json` below the issuer, by HTTPS.
 */
const openidIssuer = signInConfiguration.extend({ jwks: z.looseObject({ keys: z.array(z.unknown()) }).optional() })

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'is not valid JSON' })
    return z.NEVER
  }
})

/** The environment variables of the local server. All have defaults. */
const localVariables = z.object({
  /** The number of locations. */
  REGISTRY_LOCATIONS: z.coerce.number().int().min(1).max(5).default(3),
  /** The port of the first location; the others use the following ones. */
  REGISTRY_PORT: z.coerce.number().int().min(1).max(LAST_PORT).default(8001),
  /** The address to listen on: 0.0.0.0 is every address of the machine. */
  REGISTRY_HOST: z.union([z.ipv4(), z.ipv6()], { error: 'is not an IP address' }).default('127.0.0.1'),
  /** The names under which others reach the machine, separated by commas. */
  REGISTRY_HOST_NAMES: z
    .string()
    .toLowerCase()
    .transform(commaList)
    .pipe(z.array(z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'is not a host name')))
    .default([]),
  REGISTRY_DATA: name.default('.data'),
  REGISTRY_SAMPLE: z.enum(['0', '1']).default('1'),
  /** `0`: without the demo users, whose passwords are public; `exposed`: with them, also where other machines reach the API. */
  REGISTRY_DEMO_USERS: z.enum(['0', '1', 'exposed']).default('1'),
  /** Users sign in there, as they do at Cognito in the cloud, instead of with names and passwords that the registry keeps. */
  REGISTRY_OIDC: json.pipe(openidIssuer).optional(),
  REGISTRY_SEARCH_LIMIT: functionEnv.shape.REGISTRY_SEARCH_LIMIT,
  REGISTRY_LOOKUP_BUDGET: functionEnv.shape.REGISTRY_LOOKUP_BUDGET,
  REGISTRY_CURRENCY: functionEnv.shape.REGISTRY_CURRENCY,
  REGISTRY_RETENTION_DAYS: functionEnv.shape.REGISTRY_RETENTION_DAYS,
  REGISTRY_DAY_SECONDS: functionEnv.shape.REGISTRY_DAY_SECONDS,
  REGISTRY_PURGE_WAIT: functionEnv.shape.REGISTRY_PURGE_WAIT,
  REGISTRY_PURGE_EVERY: functionEnv.shape.REGISTRY_PURGE_EVERY,
  REGISTRY_SEAL_AFTER: functionEnv.shape.REGISTRY_SEAL_AFTER,
  /** Running table engines, one per location, separated by commas. */
  DYNAMODB_ENDPOINT: z.string().transform(commaList).pipe(z.array(z.url())).optional(),
  /** Default: `grouped` for the engines that come along, otherwise `direct`. */
  DYNAMODB_CLIENT: functionEnv.shape.DYNAMODB_CLIENT.unwrap().optional(),
  OPENSEARCH_ENDPOINT: functionEnv.shape.OPENSEARCH_ENDPOINT,
  OPENSEARCH_PREFIX: functionEnv.shape.OPENSEARCH_PREFIX,
})

export const localEnv = localVariables.superRefine(
  (
    {
      REGISTRY_LOCATIONS: locations,
      REGISTRY_PORT,
      REGISTRY_HOST,
      REGISTRY_DEMO_USERS: demo,
      DYNAMODB_ENDPOINT: engines,
    },
    context,
  ) => {
    const fault = (name: keyof typeof localVariables.shape, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message })
    if (REGISTRY_PORT + locations - 1 > LAST_PORT)
      fault('REGISTRY_PORT', `${locations} locations need as many ports, of which the last is ${LAST_PORT}`)
    if (demo === '1' && !isLoopback(REGISTRY_HOST))
      fault(
        'REGISTRY_HOST',
        `other machines reach ${REGISTRY_HOST}, and the passwords of the demo users are public: set REGISTRY_DEMO_USERS=0 to leave them out, or REGISTRY_DEMO_USERS=exposed to let everyone in`,
      )
    if (engines === undefined) return
    if (engines.length < locations)
      fault(
        'DYNAMODB_ENDPOINT',
        `names ${engines.length} table engine(s) for ${locations} locations: name one for each, or set REGISTRY_LOCATIONS=${engines.length}`,
      )
    if (new Set(engines).size < engines.length)
      fault('DYNAMODB_ENDPOINT', 'names a table engine twice: each location needs one of its own')
  },
)
export type LocalEnv = z.infer<typeof localEnv>

/** The environment variables of the command line. */
export const cliEnv = z.object({
  REGISTRY_URL: z.string().optional(),
  REGISTRY_USER: z.string().optional(),
  REGISTRY_PASSWORD: z.string().optional(),
  REGISTRY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'is not a token')
    .optional(),
})

/** Lists missing and invalid variables by name. */
export class InvalidEnvironment extends Error {
  constructor(faults: readonly string[]) {
    super(`environment: ${faults.join('; ')}`)
    this.name = 'InvalidEnvironment'
  }
}

/** Reads an environment. An empty variable counts as missing. @throws InvalidEnvironment with every missing or invalid variable */
export function readEnv<T extends z.ZodType>(schema: T, environment: Record<string, string | undefined>): z.infer<T> {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const read = schema.safeParse(present)
  if (read.success) return read.data
  const faults = read.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  throw new InvalidEnvironment(faults)
}
