import middy from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import * as z from 'zod'
import { callNow } from '#adapters/clock.ts'
import { WrongEnvironment } from '#contract/env.ts'
import { json, type Role, type Route } from '#contract/route.ts'
import type { RoutesOf } from '#contract/routes.ts'
import type { Fault } from '#contract/schemas/problem.ts'
import { Forbidden, InvalidInput, NotFound, Unauthenticated } from '#domain/errors.ts'
import type { Call } from '#domain/ports.ts'
import { readableByPage } from './page.ts'
import { COMMON_HEADERS, problemAnswer, told } from './problem.ts'
import { type Input, readBody, readInput } from './request.ts'
import { type Services, services } from './services.ts'
import { logger, settings } from './settings.ts'
import { PUBLIC_ACTOR, RequestTrace } from './trace.ts'

/** An answer before it is written out. A body that is no text becomes JSON. */
export interface Reply {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** What a handler is given beside its input. */
export interface Surroundings {
  call: Call
  services: Services
  event: APIGatewayProxyEvent
  /** In which role the caller calls. */
  role: Role
}

interface Operation {
  route: Route
  /** `accepted` is called when what the request says is in order. */
  run(event: APIGatewayProxyEvent, surroundings: Surroundings, accepted: () => void): Promise<Reply>
}

/** What is wrong with a body in what it means, where its form is wrong too: so that every fault is told at once. */
type Meaning = (body: unknown, surroundings: Surroundings) => Promise<readonly Fault[]>

/** One operation: its route, and what it does with what the route reads. */
export function on<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: Route & { params: P; query: Q; body: B },
  handle: (input: Input<z.output<P>, z.output<Q>, z.output<B>>, surroundings: Surroundings) => Promise<Reply> | Reply,
  meaning?: Meaning,
): Operation {
  const run = async (event: APIGatewayProxyEvent, surroundings: Surroundings, accepted: () => void) => {
    try {
      const input = readInput(route, event)
      accepted()
      return await handle(input, surroundings)
    } catch (error) {
      if (!(error instanceof InvalidInput) || meaning === undefined) throw error
      const more = await meaning(readBody(route, event), surroundings)
      const known = new Set(error.faults.map(({ pointer }) => pointer))
      throw new InvalidInput([...error.faults, ...more.filter(({ pointer }) => !known.has(pointer))])
    }
  }
  return { route, run }
}

export const ok = (body: unknown, headers: Record<string, string> = {}): Reply => ({ status: 200, body, headers })

/** What the authorizer found out about the caller. */
const caller = z.object({ actor: z.string(), role: z.enum(['agent', 'provider']) })

/** Who calls, and as what; whoever is not known is the public. */
function callerOf(route: Route, event: APIGatewayProxyEvent): { actor: string; role: Role } {
  const known = caller.safeParse(event.requestContext.authorizer)
  return route.role !== 'public' && known.success ? known.data : { actor: PUBLIC_ACTOR, role: 'public' }
}

/** @throws Unauthenticated, Forbidden */
function checkRole(needed: Role, role: Role): void {
  if (needed !== 'public' && role === 'public') throw new Unauthenticated('A valid token is needed')
  if (needed === 'provider' && role !== 'provider') throw new Forbidden('This is for the provider alone')
}

function written({ status, body, headers = {} }: Reply, request_id: string): APIGatewayProxyResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : json
  return {
    statusCode: status,
    headers: { ...COMMON_HEADERS, 'Content-Type': type, 'X-Request-Id': request_id, ...headers },
    body: text,
  }
}

/**
 * A function's handler for its routes: checks role and input, answers, and turns what is thrown into a problem document. One line of
 * log a request, with nothing in it of what was asked for.
 */
export function endpoint<F extends string>(operations: Record<RoutesOf<F>, Operation>) {
  const all = Object.entries<Operation>(operations)
  const answer = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const request_id = event.requestContext.requestId
    const [name, operation] =
      all.find(([, { route }]) => route.method === event.httpMethod && route.path === event.resource) ?? []
    if (name === undefined || operation === undefined) throw new NotFound('There is nothing here')
    const { route } = operation
    const { actor, role } = callerOf(route, event)
    const call = callNow({ location: settings().REGISTRY_LOCATION, actor, request_id })
    const own = services()
    const trace = new RequestTrace(own.accesses, name, route, event, call)
    try {
      checkRole(route.role, role)
      const reply = await operation.run(event, { call, services: own, event, role }, () => trace.accepted())
      await trace.answered(own.meter.versions)
      logger.info('answered', { operation: name, status: reply.status, request_id, actor, ...own.meter })
      return readableByPage(written(reply, request_id))
    } catch (error) {
      await trace.refused(told(error).kind)
      throw error
    }
  }
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Context>()
    .onError(request => {
      const { requestContext, resource, httpMethod } = request.event
      const problem = told(request.error)
      if (problem.kind === 'internal' || problem.kind === 'unavailable')
        logger.error('failed', {
          resource,
          method: httpMethod,
          request_id: requestContext.requestId,
          error: faultOf(request.error),
        })
      request.response = readableByPage(problemAnswer(problem, requestContext.path, requestContext.requestId))
    })
    .handler(answer)
}

/** An error for the log: its kind and where it was thrown. Its message may hold what was asked for; not so the environment's. */
const faultOf = (error: Error | null | undefined) => ({
  name: error?.name,
  ...(error instanceof WrongEnvironment ? { message: error.message } : {}),
  stack: error?.stack?.split('\n').slice(1, 8),
})
