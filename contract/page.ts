/** The web page as it is served: its paths, its files, and their headers. The local server and CloudFront both follow from this. */

/**
 * The file of the page for a URL path, or null if the path is not the page's. Every address within the signed-in app is answered by the
 * app, so that links into it work. CloudFront runs the source of this function: it must not refer to anything outside itself.
 */
export function toPageFile(path: string): string | null {
  if (path === '/' || path === '/verify' || path === '/certificate') return 'index.html'
  if (path === '/app' || path.startsWith('/app/')) return 'app.html'
  if (path === '/config.json' || path === '/favicon.svg' || /^\/assets\/[\w.-]+$/.test(path)) return path.slice(1)
  return null
}

/** Names of files under `assets/` contain a hash of their content; the other files change under their name. */
export const ASSETS = 'assets/'
export const cacheControl = (file: string): string =>
  file.startsWith(ASSETS) ? 'public, max-age=31536000, immutable' : 'no-cache'

/** The file that tells the page where the API is and how to sign in: each deployment has its own. */
export const CONFIGURATION_FILE = 'config.json'

/** The path that the issuer of tokens returns to after a sign-in. */
export const SIGNED_IN_PATH = '/app/signed-in'

/** @param origins those of the API and of the issuer of tokens, if they are not the page's own. */
export const contentSecurityPolicy = (origins: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${["'self'", ...origins].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** The security headers of every file, besides the content security policy. */
export const PAGE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
} as const
