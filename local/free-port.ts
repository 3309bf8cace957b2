import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { StartupError } from './service.ts'

/** A free port of an address of this machine, by default the usual loopback address. @throws Error if the machine does not have the address */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const probe = createServer().listen(0, host)
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
 * answers on all of 127.0.0.0/8; where the platform does not, it is the usual address.
 */
export async function freeAddress(): Promise<{ host: string; port: number }> {
  const host = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`
  try {
    return { host, port: await freePort(host) }
  } catch {
    return { host: '127.0.0.1', port: await freePort() }
  }
}
