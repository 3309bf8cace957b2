import { setTimeout as wait } from 'node:timers/promises'
import { GIVEN_URLS } from './target.ts'

/** What runs elsewhere has schedules that know minutes, where one machine's know seconds. */
const TIMEOUT = GIVEN_URLS === null ? 1 : 5
/** Whoever asks leaves a trace there, which somebody has to read: asked less often, it is sooner done. */
const AGAIN_MS = GIVEN_URLS === null ? 15 : 250

/**
 * Waits until a condition holds; looks again and again.
 *
 * @throws after `bound` milliseconds (elsewhere than on servers of our own, longer), naming what was waited for.
 */
export async function until(condition: () => boolean | Promise<boolean>, bound: number, what: string): Promise<void> {
  const end = performance.now() + bound * TIMEOUT
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${bound * TIMEOUT} ms in vain for ${what}`)
    await wait(AGAIN_MS)
  }
}
