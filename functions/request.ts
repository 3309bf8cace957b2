import type { APIGatewayProxyEvent } from 'aws-lambda'
import type * as z from 'zod'
import { faultsIn } from '#contract/faults.ts'
import { json, MAX_BODY, type Route } from '#contract/route.ts'
import type { Fault } from '#contract/schemas/problem.ts'
import { InvalidInput, TooLarge, UnsupportedMediaType } from '#domain/errors.ts'

/** A header's value, whatever the case of its name. */
export function header(event: Pick<APIGatewayProxyEvent, 'headers'>, name: string): string | undefined {
  const found = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())
  return found?.[1]
}

export function mediaTypeOf(event: Pick<APIGatewayProxyEvent, 'headers'>): string {
  return (header(event, 'Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

function bodyText(event: APIGatewayProxyEvent): string {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
  if (bytes.length > MAX_BODY) throw new TooLarge(`The body has ${bytes.length} bytes; ${MAX_BODY} are read at most`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InvalidInput([{ pointer: '#', detail: 'is not UTF-8' }])
  }
}

/** Reads JSON; a member `__proto__`, which schemas pass over in silence, is a fault like any unknown member. */
function parseJson(text: string): unknown {
  const faults: Fault[] = []
  const value = readJson(text, key => {
    if (key === '__proto__') faults.push({ pointer: '#', detail: 'has a member __proto__, which is unknown here' })
  })
  if (faults.length > 0) throw new InvalidInput(faults)
  return value
}

function readJson(text: string, visit: (key: string) => void): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      visit(key)
      return value
    })
  } catch {
    throw new InvalidInput([{ pointer: '#', detail: 'is no JSON' }])
  }
}

/** The body as its route takes it. @throws TooLarge, UnsupportedMediaType, InvalidInput */
function readBody(route: Route, event: APIGatewayProxyEvent): unknown {
  if (route.types.length === 0) {
    if (event.body) throw new InvalidInput([{ pointer: '#', detail: 'is not read here: send no body' }])
    return undefined
  }
  const type = mediaTypeOf(event)
  const text = bodyText(event)
  if (!route.types.includes(type))
    throw new UnsupportedMediaType(`Content-Type must be ${route.types.join(' or ')}${type ? `, not ${type}` : ''}`)
  return type === json ? parseJson(text) : text
}

function read<T extends z.ZodType>(
  schema: T,
  value: unknown,
  place: '#' | '?' | '{',
): { value: z.output<T> } | { faults: Fault[] } {
  const { success, data, error } = schema.safeParse(value)
  return success ? { value: data } : { faults: faultsIn(error, place) }
}

/** Query members that are given twice: none may be. */
const givenTwice = (event: APIGatewayProxyEvent): Fault[] =>
  Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values]) =>
    (values?.length ?? 0) > 1 ? [{ pointer: `?${name}`, detail: 'is given twice' }] : [],
  )

export interface Input<P, Q, B> {
  params: P
  query: Q
  body: B
  headers: { ifMatch: string | undefined; idempotencyKey: string | undefined }
}

const KEY = /^[\x21-\x7e]{1,200}$/

/** What a request says, as its route reads it. @throws InvalidInput with every fault of path, query, headers and body; TooLarge; UnsupportedMediaType */
export function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: Route & { params: P; query: Q; body: B },
  event: APIGatewayProxyEvent,
): Input<z.output<P>, z.output<Q>, z.output<B>> {
  const params = read(route.params, event.pathParameters ?? {}, '{')
  const query = read(route.query, event.queryStringParameters ?? {}, '?')
  const body = read(route.body, readBody(route, event), '#')
  const idempotencyKey = route.headers.includes('Idempotency-Key') ? header(event, 'Idempotency-Key') : undefined
  const faults = givenTwice(event)
  if (idempotencyKey !== undefined && !KEY.test(idempotencyKey))
    faults.push({ pointer: 'Idempotency-Key', detail: 'is not 1 to 200 visible ASCII characters' })
  if (!('value' in params) || !('value' in query) || !('value' in body) || faults.length > 0)
    throw new InvalidInput([params, query, body].flatMap(part => ('faults' in part ? part.faults : [])).concat(faults))
  const ifMatch = route.headers.includes('If-Match') ? header(event, 'If-Match') : undefined
  return { params: params.value, query: query.value, body: body.value, headers: { ifMatch, idempotencyKey } }
}
