import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { freeAddress } from '#local/free-port.ts'
import { freePorts } from '../e2e/free-ports.ts'

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
  const free = await freePorts()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const taken = typeof address === 'object' ? (address?.port ?? 0) : 0
  const ports = [taken, taken, free]
  expect((await freeAddress(() => ports.shift() ?? free)).port).toBe(free)
  other.close()
  await once(other, 'close')
})

test('the ports of a server follow each other, are free, and are assigned to nobody else', async () => {
  const servers = []
  for (let n = 0; n < 20; n++) {
    const first = await freePorts(3)
    expect(first).toBeGreaterThanOrEqual(1024)
    expect(first + 2).toBeLessThan(32_768)
    for (const port of [first, first + 1, first + 2]) {
      const server = createServer().listen(port, '127.0.0.1')
      await once(server, 'listening')
      servers.push(server)
    }
  }
  for (const server of servers) server.close()
})
