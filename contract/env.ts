import * as z from 'zod'
import { currency } from './schemas/currency.ts'
import { locationName } from './schemas/location.ts'

/** The names under which functions are told where they are. Read once, at the edge; a string stands here alone. */
const name = z.string().min(1)

/** Only functions that sign have it: where it is missing, whoever asks for it is told. */
const key = z.string().min(32).optional()

/** What stands before the name of a secret where a variable's value is not written out: it is read when the process starts. */
export const SECRET = 'secret:'

export const functionEnv = z.object({
  /** This location's name: part of every version's key. */
  REGISTRY_LOCATION: locationName,
  REGISTRY_TABLE: name,
  VIEWS_TABLE: name,
  /** Another table engine than AWS's own. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  /** The OpenSearch that the search index is in; without one it is in the process's memory. */
  OPENSEARCH_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Signs what is sent there for this AWS region. Not needed where the endpoint is named as AWS names them. */
  OPENSEARCH_REGION: name.optional(),
  /** Stands before the names of the indexes: where several registries share an OpenSearch. */
  OPENSEARCH_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .default(''),
  /** The managed domain that the search index is in. */
  OPENSEARCH_DOMAIN: name.optional(),
  /** `none`: there is no search index at all; exact look-ups are answered from the table, everything else is refused. */
  SEARCH_INDEX: z.enum(['none']).optional(),
  /** Signs cursors: at least 32 characters. */
  CURSOR_KEY: key,
  /** Signs lookup receipts and hashes what lookups asked for: at least 32 characters. */
  RECEIPT_KEY: key,
  TOKEN_ISSUER: z.url(),
  /** The client that tokens must be made for. */
  TOKEN_CLIENT_ID: name,
  /** The issuer's public keys, when they are known beforehand; fetched from the issuer otherwise. */
  TOKEN_JWKS: name.optional(),
  /** A private key (JWK) and users: this process issues tokens itself. */
  TOKEN_SIGNING_KEY: name.optional(),
  TOKEN_USERS: name.optional(),
  /** Where Cognito checks names and passwords for tokens that it issues. */
  TOKEN_LOGIN: z.url().optional(),
  /** How many results a search gives when the caller does not say. */
  REGISTRY_SEARCH_LIMIT: z.coerce.number().int().min(1).max(100).default(25),
  /** How many public lookups one source address has in a day. */
  REGISTRY_LOOKUP_BUDGET: z.coerce.number().int().min(1).default(1000),
  /** What a purchase is paid in that names no currency (ISO 4217): the same at all locations. */
  REGISTRY_CURRENCY: currency.default('EUR'),
  /** How many days customers stay after their last change where the provider has not said; absent: for ever. */
  REGISTRY_RETENTION_DAYS: z.coerce.number().int().min(1).optional(),
  /** How many seconds a day of retention has: fewer to see what comes of a policy. */
  REGISTRY_DAY_SECONDS: z.coerce.number().int().min(1).default(86_400),
  /** How many seconds lie between the rounds of a purge, after all locations have acknowledged the one before. */
  REGISTRY_PURGE_WAIT: z.coerce.number().int().min(0).default(86_400),
  /** How long after it happened an entry of the audit is sealed, in seconds: longer than any request and any stream takes. */
  REGISTRY_SEAL_AFTER: z.coerce.number().int().min(1).default(300),
  /** How often this list's locations say that they are there: one that is silent three times as long counts as down. */
  HEARTBEAT_SECONDS: z.coerce.number().int().min(1).default(5),
  /** The API that the canary tries out, and its user's password there. */
  CANARY_URL: z
    .url()
    .transform(url => url.replace(/\/$/, ''))
    .optional(),
  CANARY_PASSWORD: name.optional(),
  /** `off`: there is no lookup by the public. */
  CANARY_LOOKUP: z.enum(['off']).optional(),
  /** Where the page is served from: browsers let it, and no other page, read answers. */
  PAGE_ORIGIN: z.url().optional(),
  /** The groups of callers who have a usage plan of their own, separated by commas; all others share one. */
  USAGE_PLANS: name.optional(),
})
export type FunctionEnv = z.infer<typeof functionEnv>

const LAST_PORT = 65535

/** What one machine is told: everything has a default. */
const localVariables = z.object({
  /** How many locations run. */
  REGISTRY_LOCATIONS: z.coerce.number().int().min(1).max(5).default(3),
  /** The first location's port; the others have those after it. */
  REGISTRY_PORT: z.coerce.number().int().min(1).max(LAST_PORT).default(8001),
  REGISTRY_DATA: name.default('.data'),
  REGISTRY_SAMPLE: z.enum(['0', '1']).default('1'),
  REGISTRY_SEARCH_LIMIT: functionEnv.shape.REGISTRY_SEARCH_LIMIT,
  REGISTRY_LOOKUP_BUDGET: functionEnv.shape.REGISTRY_LOOKUP_BUDGET,
  REGISTRY_CURRENCY: functionEnv.shape.REGISTRY_CURRENCY,
  REGISTRY_RETENTION_DAYS: functionEnv.shape.REGISTRY_RETENTION_DAYS,
  REGISTRY_DAY_SECONDS: functionEnv.shape.REGISTRY_DAY_SECONDS,
  REGISTRY_PURGE_WAIT: functionEnv.shape.REGISTRY_PURGE_WAIT,
  /** How often the purge runs, in seconds. */
  REGISTRY_PURGE_EVERY: z.coerce.number().int().min(1).max(86_400).default(3600),
  REGISTRY_SEAL_AFTER: functionEnv.shape.REGISTRY_SEAL_AFTER,
  /** Table engines that are there already, one a location, separated by commas. */
  DYNAMODB_ENDPOINT: z
    .string()
    .transform(list => list.split(',').map(one => one.trim()))
    .pipe(z.array(z.url()))
    .optional(),
  OPENSEARCH_ENDPOINT: functionEnv.shape.OPENSEARCH_ENDPOINT,
  OPENSEARCH_PREFIX: functionEnv.shape.OPENSEARCH_PREFIX,
})

export const localEnv = localVariables.superRefine(
  ({ REGISTRY_LOCATIONS: locations, REGISTRY_PORT, DYNAMODB_ENDPOINT: engines }, context) => {
    const fault = (name: keyof typeof localVariables.shape, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message })
    if (REGISTRY_PORT + locations - 1 > LAST_PORT)
      fault('REGISTRY_PORT', `${locations} locations need as many ports, of which the last is ${LAST_PORT}`)
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

/** What the command line is told. */
export const cliEnv = z.object({
  REGISTRY_URL: z.string().optional(),
  REGISTRY_USER: z.string().optional(),
  REGISTRY_PASSWORD: z.string().optional(),
  REGISTRY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'is not a token')
    .optional(),
})

/** Variables that are missing or wrong, by name. */
export class InvalidEnvironment extends Error {
  constructor(faults: readonly string[]) {
    super(`environment: ${faults.join('; ')}`)
    this.name = 'InvalidEnvironment'
  }
}

/** Reads an environment, or throws one error that names every variable that is missing or wrong. An empty variable counts as absent. */
export function readEnv<T extends z.ZodType>(schema: T, environment: Record<string, string | undefined>): z.infer<T> {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const read = schema.safeParse(present)
  if (read.success) return read.data
  const faults = read.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  throw new InvalidEnvironment(faults)
}
