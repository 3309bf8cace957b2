import type { APIGatewayProxyResult } from 'aws-lambda'
import { getSettings, lazy } from '../runtime/settings.ts'

/** The page's origin; null without a page, or if the environment is invalid. */
const getPageOrigin = lazy((): string | null => {
  try {
    return getSettings().PAGE_ORIGIN ?? null
  } catch {
    return null
  }
})

/** Adds CORS headers, so that only the page may read the response in a browser. */
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
