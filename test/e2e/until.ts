import { setTimeout as wait } from 'node:timers/promises'
import { GIVEN_URLS } from './given.ts'

/** What runs elsewhere has schedules that know minutes, where one machine's know seconds. */
const PATIENCE = GIVEN_URLS === null ? 1 : 5

/**
 * Waits until a condition holds; looks every few milliseconds.
 *
 * @throws after `bound` milliseconds (elsewhere than on servers of our own, longer), naming what was waited for.
 */
export async function until(condition: () => boolean | Promise<boolean>, bound: number, what: string): Promise<void> {
  const end = performance.now() + bound * PATIENCE
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${bound * PATIENCE} ms in vain for ${what}`)
    await wait(15)
  }
}
