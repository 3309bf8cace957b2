import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import middy from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { json } from '#contract/route.ts'
import type { RoutesOf } from '#contract/routes.ts'
import { logger } from '../runtime/settings.ts'
import { accessRecord } from './middleware/access-record.ts'
import { headers } from './middleware/headers.ts'
import { input } from './middleware/input.ts'
import { problemDocument } from './middleware/problem-document.ts'
import { requestLog } from './middleware/request-log.ts'
import { requestState } from './middleware/request-state.ts'
import { requiredRole } from './middleware/required-role.ts'
import { getState, type HttpContext, type HttpResponse, type Operation } from './operation.ts'

function toGatewayResult({ status, body, headers = {} }: HttpResponse): APIGatewayProxyResult {
  const contentType = typeof body === 'string' ? 'text/plain; charset=utf-8' : json
  return {
    statusCode: status,
    headers: { 'Content-Type': contentType, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

/**
 * A function's handler for its routes. The middlewares run in this order before the operation, and in reverse after it or after an error:
 * an invalid request never reaches the operation, and every response leaves as JSON or as a problem document.
 */
export function endpoint<F extends string>(operations: Record<RoutesOf<F>, Operation>) {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult, Error, HttpContext>()
    .use(injectLambdaContext(logger))
    .use(headers())
    .use(problemDocument())
    .use(requestLog())
    .use(requestState(operations))
    .use(requiredRole())
    .use(input())
    .use(accessRecord())
    .handler(async (_event, context: HttpContext) => {
      const { run } = getState(context)
      if (run === undefined) throw new Error('The request has not been parsed: input must run first')
      return toGatewayResult(await run())
    })
}
