import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { exportJWK, generateKeyPair } from 'jose'
import { createFixedUsers, createTokenIssuer } from '#adapters/tokens/issuer.ts'

let logIn: ReturnType<typeof createTokenIssuer>

beforeEach(async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  logIn = createTokenIssuer({
    issuer: 'http://127.0.0.1:8000',
    clientId: 'client-1',
    signingKey: JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'key-1' }),
    users: createFixedUsers(
      JSON.stringify({ ada: { password: 'right', groups: [] }, bob: { password: 'right', groups: [] } }),
    ),
  })
  jest.useFakeTimers({ advanceTimers: true })
})
afterEach(() => {
  jest.useRealTimers()
})

const failTimes = async (username: string, count: number) => {
  for (let n = 0; n < count; n++) expect(await logIn(username, 'wrong')).toBeNull()
}

test('up to four wrong passwords are answered at once, and the right one still logs in', async () => {
  await failTimes('ada', 4)
  expect(await logIn('ada', 'right')).toMatchObject({ token_type: 'Bearer' })
  await failTimes('ada', 4)
})

test('after five wrong passwords each attempt must wait twice as long, even with the right password', async () => {
  await failTimes('ada', 5)
  await expect(logIn('ada', 'right')).rejects.toMatchObject({ kind: 'too-many-requests', retryAfter: 1 })
  jest.advanceTimersByTime(1000)
  await failTimes('ada', 1)
  await expect(logIn('ada', 'right')).rejects.toMatchObject({ retryAfter: 2 })
  jest.advanceTimersByTime(2000)
  expect(await logIn('ada', 'right')).not.toBeNull()
})

test('the wait never exceeds a minute', async () => {
  await failTimes('ada', 5)
  for (let n = 0; n < 10; n++) {
    jest.advanceTimersByTime(60_000)
    await failTimes('ada', 1)
  }
  await expect(logIn('ada', 'right')).rejects.toMatchObject({ retryAfter: 60 })
})

test('other users are not slowed down, and unknown names behave like known ones', async () => {
  await failTimes('ada', 5)
  expect(await logIn('bob', 'right')).not.toBeNull()
  await failTimes('nobody', 5)
  await expect(logIn('nobody', 'wrong')).rejects.toMatchObject({ kind: 'too-many-requests' })
})

test('many attempts at once are slowed down like attempts one after another', async () => {
  const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => logIn('ada', 'wrong')))
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
})
