import { Store } from '../shared/store.ts'

/** A session ends when nobody has used its page for this long. */
const IDLE_MS = 30 * 60_000
/** How long before that the user is warned. */
const WARNING_MS = 2 * 60_000
const CHECK_MS = 5000
const USES = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'click'] as const

/** When the session will end, in milliseconds since 1970; null unless that is soon. */
export const idleEnd = new Store<number | null>(null)

/**
 * Calls back when nobody has used the page for half an hour, also if the machine was asleep, and says in `idleEnd` when that is near. Returns a
 * function that ends the watch.
 */
export function watchIdle(onIdle: () => void): () => void {
  let usedAt = Date.now()
  const warn = (end: number | null) => {
    if (idleEnd.get() !== end) idleEnd.set(end)
  }
  const check = () => {
    const idle = Date.now() - usedAt
    warn(idle >= IDLE_MS - WARNING_MS && idle < IDLE_MS ? usedAt + IDLE_MS : null)
    if (idle >= IDLE_MS) onIdle()
  }
  // Whoever comes back to a machine that was asleep must not go on with the first movement.
  const use = () => {
    check()
    usedAt = Date.now()
    warn(null)
  }
  for (const type of USES) addEventListener(type, use, { capture: true, passive: true })
  const timer = setInterval(check, CHECK_MS)
  return () => {
    for (const type of USES) removeEventListener(type, use, { capture: true })
    clearInterval(timer)
    warn(null)
  }
}
