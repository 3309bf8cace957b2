import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { StartupError } from './service.ts'

/** Ports that no system assigns by itself, so that no other program gets one between its choice and its use. */
const [FIRST_PORT, LAST_PORT] = [20_000, 30_000]
const TRIES = 20
const USUAL_HOST = '127.0.0.1'

/**
 * A free port of an address of this machine, by default the usual loopback address.
 *
 * @param port the port to probe; 0: one that the system assigns.
 * @throws Error if the machine does not have the address, or the port is not free
 */
export async function freePort(host = USUAL_HOST, port = 0): Promise<number> {
  const probe = createServer().listen(port, host)
  // Rejects if the probe emits an error instead.
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new StartupError('No free port')
  return address.port
}

/**
 * A random loopback address and a free port of it, so that a web page cannot guess where a server without authentication listens. Linux
 * answers on all of 127.0.0.0/8; where the platform does not, it is the usual address. The port is free at the usual address as well, because the
 * table engine refuses to start if anything listens there.
 *
 * @param choosePort a port to try.
 */
export async function freeAddress(
  choosePort = () => randomInt(FIRST_PORT, LAST_PORT),
): Promise<{ host: string; port: number }> {
  const isFree = (host: string, port: number) =>
    freePort(host, port).then(
      () => true,
      () => false,
    )
  const random = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`
  for (const host of [random, USUAL_HOST])
    for (let n = 0; n < TRIES; n++) {
      const port = choosePort()
      if ((await isFree(host, port)) && (await isFree(USUAL_HOST, port))) return { host, port }
    }
  throw new StartupError('No free port')
}
