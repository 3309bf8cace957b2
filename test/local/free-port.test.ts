import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { freeAddress, freePort } from '#local/free-port.ts'

test('the address of a table engine has a port that the system assigns to nobody else', async () => {
  for (let n = 0; n < 20; n++) {
    const { host, port } = await freeAddress()
    expect(host).toMatch(/^127\./)
    // Linux assigns ports from 32,768 on (ip_local_port_range), macOS from 49,152.
    expect(port).toBeGreaterThanOrEqual(1024)
    expect(port).toBeLessThan(32_768)
  }
})

test('the address has no port that another program uses at the usual address', async () => {
  const free = await freePort()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const taken = typeof address === 'object' ? (address?.port ?? 0) : 0
  const ports = [taken, taken, free]
  expect((await freeAddress(() => ports.shift() ?? free)).port).toBe(free)
  other.close()
  await once(other, 'close')
})
