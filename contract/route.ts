import * as z from 'zod'
import { customerId } from './schemas/customer.ts'

/** Who may call: anyone, an agent (or the provider), the provider alone. */
export type Role = 'public' | 'agent' | 'provider'

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  role: Role
  /** The Lambda that answers: a folder under functions/. */
  function: string
  tag: string
  summary: string
  params: z.ZodType
  query: z.ZodType
  /** The media types that the body may be of; none: the route takes no body. */
  consumes: readonly string[]
  /** What the body must be: of JSON the value, of other types the text. */
  body: z.ZodType
  /** The body's numbers come as they were written (`RawNumber`), with every digit. */
  exactNumbers?: true
  /** Request headers that mean something here. */
  headers: readonly ('If-Match' | 'Idempotency-Key')[]
  /** How many requests a second all callers together have, and how many at once; absent: what the stage allows. */
  throttle?: { rate: number; burst: number }
  responses: Readonly<
    Record<
      number,
      {
        type: string
        schema?: z.ZodType
        description: string
        /** Media types that the same is told in as text, to who asks for one of them (`Accept`): a page, with the next one in `Link`. */
        textVariants?: readonly string[]
      }
    >
  >
  /** Statuses of problems that it can answer with beside those of its kind. */
  problems?: readonly number[]
  /** The access row that a request leaves for the audit; see `traceOf`. */
  trace?: Trace
}

/**
 * - `always`: put while the answer is made;
 * - `unless versions`: put after the answer is made, unless that made versions, which are entries of the audit themselves;
 * - `refusals`: what is refused at the door leaves one; what else there is to be told, whoever answers tells;
 * - `none`: no transaction.
 */
export type Trace = 'always' | 'unless versions' | 'refusals' | 'none'

/** What a route leaves that does not say. */
export const toAuditPolicy = ({ trace, method }: Pick<Route, 'trace' | 'method'>): Trace =>
  trace ?? (method === 'GET' ? 'always' : 'unless versions')

/** The largest request body, in bytes. */
export const MAX_BODY = 1_000_000

const noParams = z.strictObject({})
const noQuery = z.strictObject({})
const noBody = z.undefined()
/** What most routes have: no parameters, query, headers or body. */
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
