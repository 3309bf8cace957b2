import { Unavailable } from './errors.ts'
import type { RequestContext } from './ports.ts'

/** Returned by an attempt that another write overtook. */
export const RETRY = Symbol('retry')

/** How often a write is attempted while other writes win. */
const MAX_ATTEMPTS = 40

/**
 * Repeats an attempt until it returns something other than `RETRY`, with a pause after each.
 *
 * @param subject what changes too often, for the error: `The record is`.
 * @throws Unavailable after 40 attempts, and whatever the attempt throws.
 */
export async function retryWhileOvertaken<T>(
  { pause }: Pick<RequestContext, 'pause'>,
  subject: string,
  attempt: () => Promise<T | typeof RETRY>,
): Promise<T> {
  for (let number = 0; number < MAX_ATTEMPTS; number++) {
    const result = await attempt()
    if (result !== RETRY) return result
    await pause(number)
  }
  throw new Unavailable(`${subject} changing too often: try again`)
}
