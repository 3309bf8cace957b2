import { beforeEach, describe, expect, test } from '@jest/globals'
import type { UserDirectory } from '#domain/users/port.ts'

const PASSWORD = 'Aa1-one-time-password'

/** What every user directory does. */
export function testUserDirectory(name: string, create: () => Promise<UserDirectory>): void {
  describe(`users in ${name}`, () => {
    let users: UserDirectory
    beforeEach(async () => {
      users = await create()
    })

    const add = async (username: string, role: 'agent' | 'provider' = 'agent') => {
      const user = await users.create(username, role, PASSWORD)
      if (user === null) throw new Error(`${username} exists`)
      return user
    }

    test('are created with a one-time password, found by id and listed', async () => {
      const user = await add('grace', 'provider')
      expect(user).toMatchObject({ username: 'grace', role: 'provider', disabled: false, one_time_password: true })
      expect(await users.find(user.id)).toEqual(user)
      expect(await users.list()).toContainEqual(user)
    })

    test('have names of their own', async () => {
      await add('grace')
      expect(await users.create('grace', 'provider', PASSWORD)).toBeNull()
    })

    test('change their role, are disabled and enabled', async () => {
      const user = await add('grace')
      await users.setRole(user, 'provider')
      await users.setDisabled(user, true)
      expect(await users.find(user.id)).toMatchObject({ role: 'provider', disabled: true })
      await users.setRole(user, 'agent')
      await users.setDisabled(user, false)
      expect(await users.find(user.id)).toMatchObject({ role: 'agent', disabled: false })
    })

    test('end their sessions, if there is such a user', async () => {
      await add('grace')
      expect(await users.endSessions('grace')).toBe(true)
      expect(await users.endSessions('nobody')).toBe(false)
    })

    test('are removed', async () => {
      const user = await add('grace')
      await users.remove(user)
      expect(await users.find(user.id)).toBeNull()
      expect(await users.list()).not.toContainEqual(expect.objectContaining({ username: 'grace' }))
    })
  })
}
