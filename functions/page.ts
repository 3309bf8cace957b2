import type { APIGatewayProxyResult } from 'aws-lambda'
import { once, settings } from './settings.ts'

/** Where the page is; null where there is none, or the environment is so wrong that nobody can tell. */
const origin = once((): string | null => {
  try {
    return settings().PAGE_ORIGIN ?? null
  } catch {
    return null
  }
})

/** An answer that the page may read in a browser, and no other page may. */
export function readableByPage(answer: APIGatewayProxyResult): APIGatewayProxyResult {
  const page = origin()
  if (page === null) return answer
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'Access-Control-Allow-Origin': page,
      'Access-Control-Expose-Headers': 'ETag, Location, Retry-After, X-Request-Id',
    },
  }
}
