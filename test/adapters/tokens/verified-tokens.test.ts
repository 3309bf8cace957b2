import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { keepVerified } from '#adapters/tokens/verified-tokens.ts'

const START = Date.UTC(2026, 0, 1)
const HOUR_S = 3600

let verified: string[]
let lifetime: number
let verify: ReturnType<typeof keepVerified>

beforeEach(() => {
  jest.useFakeTimers({ now: START })
  verified = []
  lifetime = HOUR_S
  verify = keepVerified(async token => {
    verified.push(token)
    if (token === 'forged') throw new Error('Invalid signature')
    return { actor: token, expiresAt: Date.now() / 1000 + lifetime }
  }, 3)
})
afterEach(() => {
  jest.useRealTimers()
})

test('a token is verified once in five minutes', async () => {
  await verify('a')
  jest.setSystemTime(START + 299_999)
  expect(await verify('a')).toMatchObject({ actor: 'a' })
  expect(verified).toEqual(['a'])
  jest.setSystemTime(START + 300_000)
  await verify('a')
  expect(verified).toEqual(['a', 'a'])
})

test('a token is verified again when it has expired', async () => {
  lifetime = 10
  await verify('a')
  jest.setSystemTime(START + 9999)
  await verify('a')
  expect(verified).toHaveLength(1)
  jest.setSystemTime(START + 10_000)
  await verify('a')
  expect(verified).toHaveLength(2)
})

test('a token is verified again when the clock was set back', async () => {
  await verify('a')
  jest.setSystemTime(START - 1)
  await verify('a')
  expect(verified).toHaveLength(2)
})

test('an invalid token is verified, and refused, each time', async () => {
  await expect(verify('forged')).rejects.toThrow('Invalid signature')
  await expect(verify('forged')).rejects.toThrow('Invalid signature')
  expect(verified).toHaveLength(2)
})

test('each token has its own result', async () => {
  await verify('a')
  expect(await verify('b')).toMatchObject({ actor: 'b' })
  expect(await verify('a')).toMatchObject({ actor: 'a' })
})

test('only the newest results are kept', async () => {
  for (const token of ['a', 'b', 'c', 'd']) await verify(token)
  await verify('d')
  await verify('b')
  expect(verified).toEqual(['a', 'b', 'c', 'd'])
  await verify('a')
  expect(verified).toHaveLength(5)
})
