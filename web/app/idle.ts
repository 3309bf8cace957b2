/** A session ends when nobody has used its page for this long. */
const IDLE_MS = 30 * 60_000
const CHECK_MS = 5000
const USES = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** Calls back when nobody has used the page for half an hour, also if the machine was asleep. Returns a function that ends the watch. */
export function watchIdle(onIdle: () => void): () => void {
  let usedAt = Date.now()
  const check = () => {
    if (Date.now() - usedAt >= IDLE_MS) onIdle()
  }
  // Whoever comes back to a machine that was asleep must not go on with the first movement.
  const use = () => {
    check()
    usedAt = Date.now()
  }
  for (const type of USES) addEventListener(type, use, { capture: true, passive: true })
  const timer = setInterval(check, CHECK_MS)
  return () => {
    for (const type of USES) removeEventListener(type, use, { capture: true })
    clearInterval(timer)
  }
}
