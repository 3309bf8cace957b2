import * as z from 'zod'
import { customerId } from './schemas/customer.ts'

/** The request headers that operations may use. */
export const headerSchemas = {
  'If-Match': z.string(),
  'Idempotency-Key': z.string().regex(/^[!-~]{1,200}$/, 'is not 1 to 200 visible ASCII characters'),
} as const
export type HeaderName = keyof typeof headerSchemas

/** The required role: anyone, an agent (or the provider), or the provider. */
export type Role = 'public' | 'agent' | 'provider'

const RANKS = { public: 0, agent: 1, provider: 2 } as const satisfies Record<Role, number>

/** Whether a caller with a role may call an operation that requires one. */
export const permits = (required: Role, role: Role): boolean => RANKS[role] >= RANKS[required]

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  role: Role
  /** The function that handles the route: a folder under functions/. */
  function: string
  tag: string
  summary: string
  params: z.ZodType
  query: z.ZodType
  /** The accepted media types of the body; empty if the route takes no body. */
  consumes: readonly string[]
  /** The schema of the body: of the parsed value for JSON, of the text for other types. */
  body: z.ZodType
  /** Examples of the body by media type; without them, those of the schema. */
  bodyExamples?: Readonly<Record<string, readonly unknown[]>>
  /** The request may have no body. */
  optionalBody?: true
  /** The numbers of the body are parsed as `RawNumber`, with all digits. */
  exactNumbers?: true
  /** The request headers that the route uses. */
  headers: readonly HeaderName[]
  /** The maximum rate and burst of requests of all callers together. Default: the stage's limits. */
  throttle?: { rate: number; burst: number }
  responses: Readonly<
    Record<
      number,
      {
        type: string
        schema?: z.ZodType
        description: string
        /** Further media types of the response, chosen by `Accept`. They are pages of text, with the next one in `Link`. */
        textVariants?: readonly string[]
        /** Further media types of the response, which depend on the path. */
        otherTypes?: readonly string[]
      }
    >
  >
  /** Problem statuses besides those that all routes of its kind have. */
  problems?: readonly number[]
  /** Which access row the audit gets; see `toAuditPolicy`. */
  trace?: Trace
}

/**
 * - `always`: written while the response is prepared;
 * - `shown`: written after the response is prepared, with the customers whom it shows;
 * - `reads`: written after the response is prepared, unless the request wrote versions, which are audit entries themselves;
 * - `refusals`: written only if the request is refused before it is handled; the handler records everything else;
 * - `none`: nothing is recorded.
 */
export type Trace = 'always' | 'shown' | 'reads' | 'refusals' | 'none'

/** The audit policy of a route; the default depends on its method. */
export const toAuditPolicy = ({ trace, method }: Pick<Route, 'trace' | 'method'>): Trace =>
  trace ?? (method === 'GET' ? 'always' : 'reads')

/** The maximum size of a request body, in bytes. */
export const MAX_BODY = 1_000_000

const noParams = z.strictObject({})
const noQuery = z.strictObject({})
const noBody = z.undefined()
/** Defaults of a route: no parameters, query, headers or body. */
export const routeDefaults = {
  params: noParams,
  query: noQuery,
  headers: [],
  consumes: [],
  body: noBody,
} as const
export const idParams = z.strictObject({ id: customerId })

export const json = 'application/json'
export const csv = 'text/csv'
export const ndjson = 'application/x-ndjson'
export const jsonResponse = (schema: z.ZodType, description: string) => ({ type: json, schema, description })
export const textResponse = (type: string, description: string) => ({ type, description })
