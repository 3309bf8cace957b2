import type { RequestContext } from '#domain/ports.ts'

const START = Date.UTC(2026, 5, 1, 12)
let calls = 0

/** A call so many seconds after noon of 1 June 2026, with ids of its own; it waits for nothing but its turn. */
export function callAt(seconds: number, said: Partial<RequestContext> = {}): RequestContext {
  const request = ++calls
  let ids = 0
  const id = () => `00000000-0000-4000-8000-${String(request * 1000 + ++ids).padStart(12, '0')}`
  return {
    location: 'loc1',
    actor: 'agent',
    request_id: `request-${request}`,
    now: timeAt(seconds),
    newId: id,
    pause: async () => {},
    ...said,
  }
}

export const timeAt = (seconds: number): string => new Date(START + seconds * 1000).toISOString()
