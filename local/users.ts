import { join } from 'node:path'
import { FileDirectory } from '#adapters/users/file-directory.ts'
import { newOneTimePassword } from '#adapters/users/one-time-password.ts'
import { USERS } from './names.ts'

const FIRST_PROVIDER = 'provider'

/** The file of the machine's users. */
export const toUsersFile = (data: string): string => join(data, 'users.db')

/** Adds the demo users to a directory that is still empty. */
async function addDemoUsers(users: FileDirectory): Promise<void> {
  await Promise.all(Object.entries(USERS).map(([username, user]) => users.addPublic(username, user)))
}

/** Removes demo users who still have their public passwords. */
async function removeDemoUsers(users: FileDirectory): Promise<void> {
  for (const user of await users.list()) {
    const demo = Object.entries(USERS).find(([name]) => name === user.username)?.[1]
    if (demo && (await users.logIn(user.username, demo.password)) !== null) await users.remove(user)
  }
}

/** A name that no user has. */
function toFreeName(names: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? FIRST_PROVIDER : `${FIRST_PROVIDER}-${number}`
    if (!names.has(name)) return name
  }
}

/**
 * Prepares the directory of users for a start: a new one gets the demo users, unless these are left out. If there is no provider who may log
 * in, one is added with a one-time password.
 *
 * @returns the text about users for the greeting. It is the only place where a one-time password is shown.
 */
export async function prepareUsers(data: string, demo: boolean): Promise<string> {
  const users = new FileDirectory(toUsersFile(data))
  try {
    if (!demo) await removeDemoUsers(users)
    else if ((await users.list()).length === 0) await addDemoUsers(users)
    const all = await users.list()
    if (all.some(({ role, disabled }) => role === 'provider' && !disabled)) return await describeUsers(users)
    const password = newOneTimePassword()
    const name = toFreeName(new Set(all.map(({ username }) => username)))
    await users.create(name, 'provider', password)
    return `${name} / ${password} (shown once: npm run -s registry -- token --new-password …)`
  } finally {
    users.close()
  }
}

/** The demo users who still have their public passwords; if there are none, how to list the users. */
async function describeUsers(users: FileDirectory): Promise<string> {
  const shown = await Promise.all(
    Object.entries(USERS).map(async ([name, { password }]) =>
      (await users.logIn(name, password)) === null ? [] : `${name} / ${password}`,
    ),
  )
  return shown.flat().join(', ') || 'npm run -s registry -- users list'
}
