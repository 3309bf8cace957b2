import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { invoke } from '#local/invocation.ts'
import { sampleEvent } from '../functions/function-environment.ts'

/** Invokes an API function with its sample event, changed by `change`, as a request of its own. @throws Error for an unsuccessful response */
export async function askFunction(name: string, change: Partial<APIGatewayProxyEvent>): Promise<APIGatewayProxyResult> {
  const { requestContext, ...sample } = await sampleEvent<APIGatewayProxyEvent>(name)
  const context = { ...requestContext, requestId: crypto.randomUUID() }
  const answer = (await invoke(name, { ...sample, ...change, requestContext: context })) as APIGatewayProxyResult
  if (answer.statusCode >= 300) throw new Error(`${name} answered ${answer.statusCode}: ${answer.body}`)
  return answer
}
