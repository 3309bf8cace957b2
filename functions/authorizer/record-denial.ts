import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { createRequestContext } from '#adapters/clock.ts'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import type { ProblemKind } from '#contract/problems.ts'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { toNetworkTrace } from '../http/middleware/access-record.ts'
import { recordRefusal } from '../http/refusal-sampler.ts'
import { getSettings, logger } from '../runtime/settings.ts'
import { createTables } from '../runtime/tables.ts'

/** Writes down that somebody was refused; they are refused even where that cannot be written down. */
export async function recordDenial(
  event: APIGatewayRequestAuthorizerEvent,
  actor: string,
  outcome: ProblemKind,
): Promise<void> {
  const { requestId: request_id, identity } = event.requestContext
  const route = Object.entries<Route>(routes).find(
    ([, { method, path }]) => method === event.httpMethod && path === event.resource,
  )
  const { now: at, location } = createRequestContext({ location: getSettings().REGISTRY_LOCATION, actor, request_id })
  const access = { at, request_id, location, actor, action: route?.[0] ?? 'unknown', outcome }
  try {
    const accesses = new DynamoAccessStore(createTables())
    await recordRefusal(accesses, { ...access, asked: toNetworkTrace(identity.sourceIp) })
  } catch (error) {
    logger.error('untraced', { request_id, outcome, error: error instanceof Error ? error.name : 'unknown' })
  }
}
