import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { extname } from 'node:path'
import type { APIGatewayProxyResult } from 'aws-lambda'
import { CONFIGURATION_FILE, cacheControl, contentSecurityPolicy, PAGE_HEADERS, toPageFile } from '#contract/page.ts'
import { getConnectOrigins, type PageConfiguration } from '#contract/page-configuration.ts'

const DIST = new URL('../web/dist/', import.meta.url)

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/** The weight of a media type in an Accept header that names it: from 0 to 1. */
function weightOf(type: string, accept: string): number {
  const range = accept.split(',').find(it => it.split(';')[0]?.trim().toLowerCase() === type)
  if (range === undefined) return 0
  const weight = /;\s*q=([\d.]+)/.exec(range)?.[1]
  return weight === undefined ? 1 : Number(weight)
}

/** Whether an Accept header names HTML and prefers it to JSON. */
export const prefersHtml = (accept = ''): boolean =>
  weightOf('text/html', accept) > weightOf('application/json', accept)

/**
 * The response to a request for the web page; null if it is for the API. At `/`, which both have, a request gets the page if its Accept
 * header names HTML and prefers it. Without a built page, every request is for the API.
 */
export async function readPage(
  { method, url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  configuration: PageConfiguration,
): Promise<APIGatewayProxyResult | null> {
  if (method !== 'GET' && method !== 'HEAD') return null
  const { pathname } = URL.parse(url, 'http://localhost') ?? { pathname: '' }
  const file = toPageFile(pathname)
  if (file === null || (pathname === '/' && !prefersHtml(headers.accept))) return null
  const body =
    file === CONFIGURATION_FILE
      ? JSON.stringify(configuration)
      : await readFile(new URL(file, DIST), 'utf8').catch(() => null)
  if (body === null) return null
  return {
    statusCode: 200,
    headers: {
      ...PAGE_HEADERS,
      'Content-Type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': contentSecurityPolicy(getConnectOrigins(configuration)),
      'Cache-Control': cacheControl(file),
      Vary: 'Accept',
    },
    body: method === 'HEAD' ? '' : body,
  }
}
