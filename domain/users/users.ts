import type { User, UserRole } from '#contract/schemas/user.ts'
import { NotFound, StateConflict } from '../errors.ts'
import type { UserDirectory } from './port.ts'

type Actor = { actor: string }
export interface UserChange {
  role?: UserRole | undefined
  disabled?: boolean | undefined
}

/** A page of the users, by name. `after` is the last name of the page before. */
export async function listUsers(
  users: UserDirectory,
  limit: number,
  after: string | null,
): Promise<{ items: User[]; next: string | null }> {
  const all = (await users.list()).sort((a, b) => (a.username < b.username ? -1 : 1))
  const following = after === null ? all : all.filter(({ username }) => username > after)
  const items = following.slice(0, limit)
  return { items, next: following.length > limit ? (items.at(-1)?.username ?? null) : null }
}

/** Creates a user with a one-time password. @throws StateConflict if the name is taken */
export async function createUser(
  users: UserDirectory,
  { username, role }: { username: string; role: UserRole },
  password: string,
): Promise<User & { password: string }> {
  const user = await users.create(username, role, password)
  if (user === null) throw new StateConflict(`There is a user ${username} already: choose another name`)
  return { ...user, password }
}

async function findUser(users: UserDirectory, id: string): Promise<User> {
  const user = await users.find(id)
  if (user === null) throw new NotFound('There is no user with this id')
  return user
}

const isActiveProvider = ({ role, disabled }: User): boolean => role === 'provider' && !disabled

/**
 * Refuses what would lock the provider out: nobody takes rights from themselves, or from the last provider who can log in. A provider whose
 * token outlives its rights could otherwise do the latter.
 *
 * @throws StateConflict
 */
async function assertProviderRemains(users: UserDirectory, { actor }: Actor, user: User): Promise<void> {
  if (user.username === actor)
    throw new StateConflict('You cannot remove, disable or demote yourself: ask another provider')
  if (!isActiveProvider(user)) return
  const others = (await users.list()).filter(other => other.id !== user.id && isActiveProvider(other))
  if (others.length === 0)
    throw new StateConflict(`${user.username} is the last provider: give another user the role first`)
}

/** Changes role and state of a user. A change to what is already so changes nothing. @throws NotFound, StateConflict */
export async function changeUser(
  users: UserDirectory,
  request: Actor,
  id: string,
  { role, disabled }: UserChange,
): Promise<User> {
  const user = await findUser(users, id)
  const newRole = role !== undefined && role !== user.role ? role : null
  const newState = disabled !== undefined && disabled !== user.disabled ? disabled : null
  const isDemoted = newRole !== null && newRole !== 'provider' && user.role === 'provider'
  if (isDemoted || newState === true) await assertProviderRemains(users, request, user)
  // A user who loses both loses the way in first; one who gains both gets it last.
  if (newState === true) await users.setDisabled(user, true)
  if (newRole !== null) await users.setRole(user, newRole)
  if (newState === false) await users.setDisabled(user, false)
  return findUser(users, id)
}

/** Replaces a user's password by a one-time password and ends the user's sessions. @throws NotFound */
export async function resetUserPassword(
  users: UserDirectory,
  id: string,
  password: string,
): Promise<User & { password: string }> {
  await users.resetPassword(await findUser(users, id), password)
  return { ...(await findUser(users, id)), password }
}

/** Ends all sessions of the caller. @throws NotFound for a caller whom another directory has */
export async function endOwnSessions(users: UserDirectory, { actor }: Actor): Promise<{ user: string }> {
  if (!(await users.endSessions(actor))) throw new NotFound('This deployment does not manage your user')
  return { user: actor }
}

/** Removes a user. What the user did stays in the audit. @throws NotFound, StateConflict */
export async function removeUser(users: UserDirectory, request: Actor, id: string): Promise<User> {
  const user = await findUser(users, id)
  await assertProviderRemains(users, request, user)
  await users.remove(user)
  return user
}
