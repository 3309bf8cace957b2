import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import type * as z from 'zod'
import type { Role, Route } from '#contract/route.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import type { Access } from '#domain/audit/port.ts'
import { InvalidInput } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import type { Services } from '../runtime/services.ts'
import { type Input, readBody, readInput } from './request.ts'

/** A response before serialisation. A body that is not a string becomes JSON. */
export interface HttpResponse {
  status: number
  body: unknown
  headers?: Record<string, string>
}

export const ok = (body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status: 200,
  body,
  headers,
})

/** What a handler receives besides its input. */
export interface HandlerContext {
  request: RequestContext
  services: Services
  event: APIGatewayProxyEvent
  /** The caller's role. */
  role: Role
  /** The caller is the canary, which may call few operations, and erase only what it has created. */
  isCanary: boolean
  /** What the handler adds to the access row of the request. */
  accessDetails: { actor?: string; asked?: Readonly<Record<string, string>> } & Pick<
    Access,
    'shown' | 'shown_count' | 'questions'
  >
  /** Starts to write the access row: it is complete, although the response is not. */
  startAccessRow?: () => void
}

export interface Operation {
  route: Route
  /** Parses the request's input and returns the call of the handler with it. @throws InvalidInput and the like */
  prepare(context: HandlerContext): Promise<() => Promise<HttpResponse>>
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
  const withSemanticErrors = async (error: unknown, context: HandlerContext): Promise<unknown> => {
    if (!(error instanceof InvalidInput) || findSemanticErrors === undefined) return error
    const semanticErrors = await findSemanticErrors(readBody(route, context.event), context)
    const knownPointers = new Set(error.faults.map(({ pointer }) => pointer))
    return new InvalidInput([...error.faults, ...semanticErrors.filter(({ pointer }) => !knownPointers.has(pointer))])
  }
  const collectErrors = async <T>(context: HandlerContext, step: () => T | Promise<T>): Promise<T> => {
    try {
      return await step()
    } catch (error) {
      throw await withSemanticErrors(error, context)
    }
  }
  return {
    route,
    async prepare(context) {
      const input = await collectErrors(context, () => readInput(route, context.event))
      return () => collectErrors(context, () => handle(input, context))
    },
  }
}

/** What the middlewares of one request share. */
export interface RequestState extends HandlerContext {
  /** The operation's name in the contract. */
  name: string
  operation: Operation
  /** Calls the handler. Set once the input is valid. */
  run?: () => Promise<HttpResponse>
}

/** Lambda's context with the state of the request; without it until the operation is known. */
export interface HttpContext extends Context {
  http?: RequestState
}

export type HttpMiddleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult, Error, HttpContext>
export type HttpRequest = Parameters<NonNullable<HttpMiddleware['before']>>[0]

/** The state that `requestState` has set. */
export function getState({ http }: HttpContext): RequestState {
  if (http === undefined) throw new Error('The request has no state: requestState must run first')
  return http
}
