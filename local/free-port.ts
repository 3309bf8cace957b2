import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { StartupError } from './service.ts'

/** Ports that no system assigns by itself, so that no other program gets one between its choice and its use. */
const [FIRST_PORT, LAST_PORT] = [20_000, 30_000]
const TRIES = 20
const USUAL_HOST = '127.0.0.1'

/** A random port that no system assigns by itself. */
export const randomPort = (): number => randomInt(FIRST_PORT, LAST_PORT)

/** Whether nothing listens at this port of this address. False if the machine does not have the address. */
export async function isFree(host: string, port: number): Promise<boolean> {
  const probe = createServer().listen(port, host)
  // Rejects if the probe emits an error instead.
  const listens = await once(probe, 'listening').then(
    () => true,
    () => false,
  )
  if (!listens) return false
  probe.close()
  await once(probe, 'close')
  return true
}

/**
 * A random loopback address and a free port of it, so that a web page cannot guess where a server without authentication listens. Linux
 * answers on all of 127.0.0.0/8; where the platform does not, it is the usual address. The port is free at the usual address as well, because the
 * table engine refuses to start if anything listens there.
 *
 * @param choosePort a port to try.
 */
export async function freeAddress(choosePort = randomPort): Promise<{ host: string; port: number }> {
  const random = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`
  for (const host of [random, USUAL_HOST])
    for (let n = 0; n < TRIES; n++) {
      const port = choosePort()
      if ((await isFree(host, port)) && (await isFree(USUAL_HOST, port))) return { host, port }
    }
  throw new StartupError('No free port')
}
