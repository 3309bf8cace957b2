import { lazy } from '#domain/lazy.ts'
import { getSettings } from '../../runtime/settings.ts'
import type { HttpMiddleware, HttpRequest } from '../operation.ts'
import { COMMON_HEADERS } from '../problem.ts'

/** The page's origin; null without a page, or if the environment is invalid. */
const getPageOrigin = lazy((): string | null => {
  try {
    return getSettings().PAGE_ORIGIN ?? null
  } catch {
    return null
  }
})

/** CORS headers, so that only the page may read the response in a browser. */
const getCorsHeaders = (): Record<string, string> => {
  const origin = getPageOrigin()
  if (origin === null) return {}
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'ETag, Link, Location, Retry-After, X-Request-Id',
  }
}

function addHeaders(request: HttpRequest): void {
  if (!request.response) return
  const defaults = { ...COMMON_HEADERS, 'X-Request-Id': request.event.requestContext.requestId }
  request.response = { ...request.response, headers: { ...defaults, ...request.response.headers, ...getCorsHeaders() } }
}

/** Adds the headers that every response has: no caching, no content sniffing, the request's id, and CORS. */
export const headers = (): HttpMiddleware => ({ after: addHeaders, onError: addHeaders })
