import type { APIGatewayProxyResult } from 'aws-lambda'
import { getSettings, lazy } from '../runtime/settings.ts'

/** Where the page is; null where there is none, or the environment is so wrong that nobody can tell. */
const getPageOrigin = lazy((): string | null => {
  try {
    return getSettings().PAGE_ORIGIN ?? null
  } catch {
    return null
  }
})

/** An answer that the page may read in a browser, and no other page may. */
export function withCors(response: APIGatewayProxyResult): APIGatewayProxyResult {
  const origin = getPageOrigin()
  if (origin === null) return response
  return {
    ...response,
    headers: {
      ...response.headers,
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': 'ETag, Location, Retry-After, X-Request-Id',
    },
  }
}
