import type { APIGatewayProxyEvent } from 'aws-lambda'

/** A header's value, whatever the case of its name. */
export function getHeader(event: Pick<APIGatewayProxyEvent, 'headers'>, name: string): string | undefined {
  const match = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())
  return match?.[1]
}
