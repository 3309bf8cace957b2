import type { APIGatewayProxyEvent } from 'aws-lambda'
import type { HttpRequest, RequestState } from '#functions/http/operation.ts'
import { context, sampleEvent } from '../../function-environment.ts'

/** A request as middlewares receive it, with an event of the function `customers`. */
export async function toRequest(change: Partial<APIGatewayProxyEvent> = {}): Promise<HttpRequest> {
  const event = { ...(await sampleEvent<APIGatewayProxyEvent>('customers')), ...change }
  return { event, context: { ...context }, response: undefined, error: undefined, internal: {} }
}

/** Adds the state that `requestState` would have set. The middleware under test must not use what `state` leaves out. */
export function withState(request: HttpRequest, state: Partial<RequestState>): HttpRequest {
  request.context.http = { event: request.event, ...state } as RequestState
  return request
}
