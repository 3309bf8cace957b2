import type { RequestContext } from '#domain/ports.ts'

const START = Date.UTC(2026, 5, 1, 12)
let requests = 0

/** Returns a request context at this many seconds after noon of 1 June 2026, with its own ids. Its pauses take no time. */
export function contextAt(seconds: number, overrides: Partial<RequestContext> = {}): RequestContext {
  const request = ++requests
  let ids = 0
  const id = () => `00000000-0000-4000-8000-${String(request * 1000 + ++ids).padStart(12, '0')}`
  return {
    location: 'loc1',
    actor: 'agent',
    request_id: `request-${request}`,
    now: timeAt(seconds),
    newId: id,
    pause: async () => {},
    ...overrides,
  }
}

export const timeAt = (seconds: number): string => new Date(START + seconds * 1000).toISOString()
