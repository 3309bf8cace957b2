import { Store } from '../shared/store.ts'
import { configuration } from './configuration.ts'

/** How long it takes until an answer is asked for again, and how long it is waited for, in milliseconds. */
const RETRY_MS = 3000
const TIMEOUT_MS = 5000

/** `offline`: the browser has no network; `silent`: the registry does not answer. */
type Reach = 'reached' | 'offline' | 'silent'

/** Whether the registry can be reached, as far as is known. */
export const reach = new Store<Reach>('reached')

let timer: ReturnType<typeof setTimeout> | undefined
let isProbing = false

/** Whether anything answers at the registry's address: it needs no token, and leaves no entry in the audit. */
async function isAnswered(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    return (await fetch(`${configuration?.api ?? ''}/healthz`, { cache: 'no-store', signal })).ok
  } catch {
    return false
  }
}

/** Finds out whether the registry can be reached, and asks again for as long as it cannot. */
export async function checkReach(): Promise<void> {
  if (isProbing) return
  clearTimeout(timer)
  isProbing = true
  const found = !navigator.onLine ? 'offline' : (await isAnswered()) ? 'reached' : 'silent'
  isProbing = false
  if (found !== reach.get()) reach.set(found)
  if (found !== 'reached') timer = setTimeout(checkReach, RETRY_MS)
}

addEventListener('offline', checkReach)
addEventListener('online', checkReach)
