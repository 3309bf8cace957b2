import middy from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import * as z from 'zod'
import { createRequestContext } from '#adapters/clock.ts'
import { InvalidEnvironment } from '#contract/env.ts'
import { json, type Role, type Route } from '#contract/route.ts'
import type { RoutesOf } from '#contract/routes.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { Forbidden, InvalidInput, NotFound, Unauthenticated } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import { createServices, type Services } from '../runtime/services.ts'
import { getSettings, logger } from '../runtime/settings.ts'
import { AccessRecorder, PUBLIC_ACTOR } from './access-log.ts'
import { withCors } from './cors.ts'
import { COMMON_HEADERS, problemResponse, toProblem } from './problem.ts'
import { type Input, readBody, readInput } from './request.ts'

/** A response before serialisation. A body that is not a string becomes JSON. */
export interface HttpResponse {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** What a handler receives besides its input. */
export interface HandlerContext {
  call: RequestContext
  services: Services
  event: APIGatewayProxyEvent
  /** The caller's role. */
  role: Role
}

interface Operation {
  route: Route
  /** `recordAccepted` is called once the request has passed validation. */
  run(event: APIGatewayProxyEvent, context: HandlerContext, onAccepted: () => void): Promise<HttpResponse>
}

/** Finds semantic errors in a body that also has schema errors, so that the response lists all errors at once. */
type SemanticCheck = (body: unknown, context: HandlerContext) => Promise<readonly FieldError[]>

/** Declares an operation: its route, and the handler of the input that the route parses. */
export function operation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: Route & { params: P; query: Q; body: B },
  handle: (
    input: Input<z.output<P>, z.output<Q>, z.output<B>>,
    context: HandlerContext,
  ) => Promise<HttpResponse> | HttpResponse,
  findSemanticErrors?: SemanticCheck,
): Operation {
  const run = async (event: APIGatewayProxyEvent, context: HandlerContext, onAccepted: () => void) => {
    try {
      const input = readInput(route, event)
      onAccepted()
      return await handle(input, context)
    } catch (error) {
      if (!(error instanceof InvalidInput) || findSemanticErrors === undefined) throw error
      const semanticErrors = await findSemanticErrors(readBody(route, event), context)
      const knownPointers = new Set(error.faults.map(({ pointer }) => pointer))
      throw new InvalidInput([...error.faults, ...semanticErrors.filter(({ pointer }) => !knownPointers.has(pointer))])
    }
  }
  return { route, run }
}

export const ok = (body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status: 200,
  body,
  headers,
})

/** The caller, as the authorizer passes it on. */
const authorizerContext = z.object({ actor: z.string(), role: z.enum(['agent', 'provider']) })

/** The caller and role of a request; anonymous callers are the public. */
function readCaller(route: Route, event: APIGatewayProxyEvent): { actor: string; role: Role } {
  const authorizer = authorizerContext.safeParse(event.requestContext.authorizer)
  return route.role !== 'public' && authorizer.success ? authorizer.data : { actor: PUBLIC_ACTOR, role: 'public' }
}

/** @throws Unauthenticated, Forbidden */
function assertRole(requiredRole: Role, role: Role): void {
  if (requiredRole !== 'public' && role === 'public') throw new Unauthenticated('A valid token is required')
  if (requiredRole === 'provider' && role !== 'provider')
    throw new Forbidden('This operation requires the provider role')
}

function toGatewayResult({ status, body, headers = {} }: HttpResponse, request_id: string): APIGatewayProxyResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const contentType = typeof body === 'string' ? 'text/plain; charset=utf-8' : json
  return {
    statusCode: status,
    headers: { ...COMMON_HEADERS, 'Content-Type': contentType, 'X-Request-Id': request_id, ...headers },
    body: text,
  }
}

/**
 * A function's handler for its routes: checks role and input, calls the operation, and converts errors to problem documents. It logs one
 * line per request, without request data.
 */
export function endpoint<F extends string>(operations: Record<RoutesOf<F>, Operation>) {
  const entries = Object.entries<Operation>(operations)
  const handle = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const request_id = event.requestContext.requestId
    const [name, operation] =
      entries.find(([, { route }]) => route.method === event.httpMethod && route.path === event.resource) ?? []
    if (name === undefined || operation === undefined)
      throw new NotFound('Not found: there is no operation at this path')
    const { route } = operation
    const { actor, role } = readCaller(route, event)
    const call = createRequestContext({ location: getSettings().REGISTRY_LOCATION, actor, request_id })
    const services = createServices()
    const recorder = new AccessRecorder(services.accesses, name, route, event, call)
    try {
      assertRole(route.role, role)
      const response = await operation.run(event, { call, services: services, event, role }, () =>
        recorder.recordAccepted(),
      )
      await recorder.recordAnswered(services.meter.versions)
      logger.info('answered', { operation: name, status: response.status, request_id, actor, ...services.meter })
      return withCors(toGatewayResult(response, request_id))
    } catch (error) {
      await recorder.recordRefused(toProblem(error).kind)
      throw error
    }
  }
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Context>()
    .onError(request => {
      const { requestContext, resource, httpMethod } = request.event
      const problem = toProblem(request.error)
      if (problem.kind === 'internal' || problem.kind === 'unavailable')
        logger.error('failed', {
          resource,
          method: httpMethod,
          request_id: requestContext.requestId,
          error: toLogEntry(request.error),
        })
      request.response = withCors(problemResponse(problem, requestContext.path, requestContext.requestId))
    })
    .handler(handle)
}

/** An error for the log: its name and stack. Its message is left out because it may hold personal data; the environment's cannot. */
const toLogEntry = (error: Error | null | undefined) => ({
  name: error?.name,
  ...(error instanceof InvalidEnvironment ? { message: error.message } : {}),
  stack: error?.stack?.split('\n').slice(1, 8),
})
