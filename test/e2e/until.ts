import { setTimeout as wait } from 'node:timers/promises'

/** Waits until a condition holds; looks every few milliseconds. @throws after `bound` milliseconds, naming what was waited for. */
export async function until(condition: () => boolean | Promise<boolean>, bound: number, what: string): Promise<void> {
  const end = performance.now() + bound
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${bound} ms in vain for ${what}`)
    await wait(15)
  }
}
