import type { APIGatewayProxyEvent } from 'aws-lambda'
import * as z from 'zod'
import { createRequestContext } from '#adapters/clock.ts'
import type { Role, Route } from '#contract/route.ts'
import { NotFound } from '#domain/errors.ts'
import { createServices } from '../../runtime/services.ts'
import { getSettings } from '../../runtime/settings.ts'
import type { HttpMiddleware, Operation } from '../operation.ts'
import { PUBLIC_ACTOR } from '../public-actor.ts'

/** The caller, as the authorizer passes it on. */
const authorizerContext = z.object({
  actor: z.string(),
  role: z.enum(['agent', 'provider']),
  canary: z.literal('true').optional(),
})

/** The caller and role of a request; anonymous callers are the public. */
function readCaller(route: Route, event: APIGatewayProxyEvent): { actor: string; role: Role; isCanary: boolean } {
  const authorizer = authorizerContext.safeParse(event.requestContext.authorizer)
  if (route.role === 'public' || !authorizer.success) return { actor: PUBLIC_ACTOR, role: 'public', isCanary: false }
  const { actor, role, canary } = authorizer.data
  return { actor, role, isCanary: canary === 'true' }
}

/** Finds the request's operation and its caller, and sets the state that the other middlewares share. @throws NotFound */
export function requestState(operations: Readonly<Record<string, Operation>>): HttpMiddleware {
  const entries = Object.entries(operations)
  return {
    before: request => {
      const { event } = request
      const [name, operation] =
        entries.find(([, { route }]) => route.method === event.httpMethod && route.path === event.resource) ?? []
      if (name === undefined || operation === undefined)
        throw new NotFound('Not found: there is no operation at this path')
      const { actor, role, isCanary } = readCaller(operation.route, event)
      const { REGISTRY_LOCATION: location } = getSettings()
      const context = createRequestContext({ location, actor, request_id: event.requestContext.requestId })
      // A new object: the caller of the function may use its context for several requests.
      request.context = {
        ...request.context,
        http: {
          name,
          operation,
          request: context,
          services: createServices(),
          event,
          role,
          isCanary,
          accessDetails: {},
        },
      }
    },
  }
}
