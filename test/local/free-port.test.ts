import { expect, test } from '@jest/globals'
import { freeAddress } from '#local/free-port.ts'

test('the address of a table engine has a port that the system assigns to nobody else', async () => {
  for (let n = 0; n < 20; n++) {
    const { host, port } = await freeAddress()
    expect(host).toMatch(/^127\./)
    // Linux assigns ports from 32,768 on (ip_local_port_range), macOS from 49,152.
    expect(port).toBeGreaterThanOrEqual(1024)
    expect(port).toBeLessThan(32_768)
  }
})
