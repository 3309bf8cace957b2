import { InvalidEnvironment } from '#contract/env.ts'
import { logger } from '../../runtime/settings.ts'
import { getState, type HttpMiddleware } from '../operation.ts'
import { toProblem } from '../problem.ts'

/** An error for the log: its name and stack. Its message is left out because it may hold personal data; the environment's cannot. */
const toLogEntry = (error: Error | null | undefined) => ({
  name: error?.name,
  ...(error instanceof InvalidEnvironment ? { message: error.message } : {}),
  stack: error?.stack?.split('\n').slice(1, 8),
})

/** Logs one line per request, without request data: its outcome and consumed capacity, or the error that the registry has caused. */
export const requestLog = (): HttpMiddleware => ({
  after: ({ context, response }) => {
    const { name, request, services } = getState(context)
    const { request_id, actor } = request
    logger.info('answered', { operation: name, status: response?.statusCode, request_id, actor, ...services.meter })
  },
  onError: ({ event, error }) => {
    const { kind } = toProblem(error)
    if (kind !== 'internal' && kind !== 'unavailable') return
    logger.error('failed', {
      resource: event.resource,
      method: event.httpMethod,
      request_id: event.requestContext.requestId,
      error: toLogEntry(error),
    })
  },
})
