import type { APIGatewayProxyEvent } from 'aws-lambda'
import type * as z from 'zod'
import { toFieldErrors } from '#contract/field-errors.ts'
import { headerSchemas, json, MAX_BODY, type Route } from '#contract/route.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { InvalidInput, TooLarge, UnsupportedMediaType } from '#domain/errors.ts'
import { readJson } from '#domain/json.ts'
import { getHeader } from './get-header.ts'

/**
 * A path of the API as its caller must request it: with the stage's name in front, unless the API has a custom domain.
 */
export function publicPath(event: Pick<APIGatewayProxyEvent, 'path' | 'requestContext'>, path: string): string {
  const stage = `/${event.requestContext.stage}`
  const isWithinStage = (fullPath: string) => fullPath === stage || fullPath.startsWith(`${stage}/`)
  return isWithinStage(event.requestContext.path) && !isWithinStage(event.path) ? `${stage}${path}` : path
}

export function getMediaType(event: Pick<APIGatewayProxyEvent, 'headers'>): string {
  return (getHeader(event, 'Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

function decodeBody(event: APIGatewayProxyEvent): string {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
  if (bytes.length > MAX_BODY) throw new TooLarge(`The body has ${bytes.length} bytes; ${MAX_BODY} is the maximum`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InvalidInput([{ pointer: '#', detail: 'is not UTF-8' }])
  }
}

/** Parses the body as its route declares. @throws TooLarge, UnsupportedMediaType, InvalidInput */
export function readBody(route: Route, event: APIGatewayProxyEvent): unknown {
  if (route.consumes.length === 0) {
    if (event.body) throw new InvalidInput([{ pointer: '#', detail: 'must be empty: this operation takes no body' }])
    return undefined
  }
  if (route.optionalBody && !event.body) return undefined
  const encoding = getHeader(event, 'Content-Encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity')
    throw new UnsupportedMediaType(`Content-Encoding ${encoding} is not supported: send the body uncompressed`)
  const type = getMediaType(event)
  const text = decodeBody(event)
  if (!route.consumes.includes(type))
    throw new UnsupportedMediaType(`Content-Type must be ${route.consumes.join(' or ')}${type ? `, not ${type}` : ''}`)
  if (type !== json) return text
  const parsed = readJson(text, route.exactNumbers)
  if ('faults' in parsed) throw new InvalidInput(parsed.faults)
  return parsed.value
}

function parsePart<T extends z.ZodType>(
  schema: T,
  value: unknown,
  pointerPrefix: '#' | '?' | '{',
): { value: z.output<T> } | { faults: FieldError[] } {
  const { success, data, error } = schema.safeParse(value)
  return success ? { value: data } : { faults: toFieldErrors(error, pointerPrefix) }
}

/** Query errors that a schema cannot see: parameters given twice, and `__proto__`. */
const findQueryErrors = (event: APIGatewayProxyEvent): FieldError[] =>
  Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values]) => {
    if (name === '__proto__') return [{ pointer: '?__proto__', detail: 'is unknown' }]
    return (values?.length ?? 0) > 1 ? [{ pointer: `?${name}`, detail: 'is given twice' }] : []
  })

export interface Input<P, Q, B> {
  params: P
  query: Q
  body: B
  headers: { ifMatch: string | undefined; idempotencyKey: string | undefined }
}

/** Made once: to make a schema takes longer than to use it. */
const optionalIdempotencyKey = headerSchemas['Idempotency-Key'].optional()

/** Parses a request by its route. @throws InvalidInput with every error of path, query, headers and body; TooLarge; UnsupportedMediaType */
export function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: Route & { params: P; query: Q; body: B },
  event: APIGatewayProxyEvent,
): Input<z.output<P>, z.output<Q>, z.output<B>> {
  const params = parsePart(route.params, event.pathParameters ?? {}, '{')
  const query = parsePart(route.query, event.queryStringParameters ?? {}, '?')
  const body = parsePart(route.body, readBody(route, event), '#')
  const idempotencyKey = route.headers.includes('Idempotency-Key') ? getHeader(event, 'Idempotency-Key') : undefined
  const errors = findQueryErrors(event)
  const keyFault = optionalIdempotencyKey.safeParse(idempotencyKey).error?.issues[0]
  if (keyFault) errors.push({ pointer: 'Idempotency-Key', detail: keyFault.message })
  if (!('value' in params) || !('value' in query) || !('value' in body) || errors.length > 0)
    throw new InvalidInput([params, query, body].flatMap(part => ('faults' in part ? part.faults : [])).concat(errors))
  const ifMatch = route.headers.includes('If-Match') ? getHeader(event, 'If-Match') : undefined
  return { params: params.value, query: query.value, body: body.value, headers: { ifMatch, idempotencyKey } }
}
