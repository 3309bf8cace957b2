import { isFree, randomPort } from '#local/free-port.ts'

/**
 * Returns the first of this many consecutive free ports. The system assigns none of them to anything else before a server listens there.
 */
export async function freePorts(count = 1): Promise<number> {
  for (;;) {
    const first = randomPort()
    const free = await Promise.all(Array.from({ length: count }, (_, n) => isFree('127.0.0.1', first + n)))
    if (free.every(portIsFree => portIsFree)) return first
  }
}
