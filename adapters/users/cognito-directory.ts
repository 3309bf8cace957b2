import {
  type AttributeType,
  CognitoIdentityProvider,
  UserNotFoundException,
  UsernameExistsException,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider'
import { type User, type UserRole, userRole } from '#contract/schemas/user.ts'
import type { UserDirectory } from '#domain/users/port.ts'
import { toGroup, toRole } from './roles.ts'

/** The most users that Cognito returns at once. */
const PAGE_SIZE = 60

const getId = (attributes: readonly AttributeType[] = []): string =>
  attributes.find(({ Name }) => Name === 'sub')?.Value ?? ''

/** Reads page after page. */
async function readAll<T>(read: (token: string | undefined) => Promise<{ items: T[]; next: string | undefined }>) {
  const all: T[] = []
  let token: string | undefined
  do {
    const { items, next } = await read(token)
    all.push(...items)
    token = next
  } while (token !== undefined)
  return all
}

/** The users of a Cognito user pool. A user's role is its group; groups of usage plans stay as they are. */
export class CognitoDirectory implements UserDirectory {
  readonly #pool: string
  readonly #cognito: CognitoIdentityProvider

  /** @param pool the pool's id, which begins with its region. */
  constructor(pool: string, cognito = new CognitoIdentityProvider({ region: pool.split('_')[0] ?? '' })) {
    this.#pool = pool
    this.#cognito = cognito
  }

  #of({ username }: Pick<User, 'username'>): { UserPoolId: string; Username: string } {
    return { UserPoolId: this.#pool, Username: username }
  }

  #toUser({ Username = '', Attributes, Enabled, UserStatus, UserCreateDate }: UserType, role: UserRole | null): User {
    return {
      id: getId(Attributes),
      username: Username,
      role,
      disabled: Enabled === false,
      one_time_password: UserStatus === 'FORCE_CHANGE_PASSWORD',
      created_at: (UserCreateDate ?? new Date(0)).toISOString(),
    }
  }

  /** Reads the groups rather than each user's: a call for 60 users in place of 60. */
  async list(): Promise<User[]> {
    const [users, ...members] = await Promise.all([
      readAll(async token => {
        const page = await this.#cognito.listUsers({
          UserPoolId: this.#pool,
          Limit: PAGE_SIZE,
          ...(token === undefined ? {} : { PaginationToken: token }),
        })
        return { items: page.Users ?? [], next: page.PaginationToken }
      }),
      ...userRole.options.map(async role => ({ role, names: new Set(await this.#namesIn(role)) })),
    ])
    return users.map(user =>
      this.#toUser(user, members.findLast(({ names }) => names.has(user.Username ?? ''))?.role ?? null),
    )
  }

  #namesIn(role: UserRole): Promise<string[]> {
    return readAll(async token => {
      const page = await this.#cognito.listUsersInGroup({
        UserPoolId: this.#pool,
        GroupName: toGroup(role),
        Limit: PAGE_SIZE,
        ...(token === undefined ? {} : { NextToken: token }),
      })
      return { items: (page.Users ?? []).flatMap(({ Username }) => Username ?? []), next: page.NextToken }
    })
  }

  async find(id: string): Promise<User | null> {
    const { Users = [] } = await this.#cognito.listUsers({ UserPoolId: this.#pool, Filter: `sub = "${id}"`, Limit: 1 })
    const [user] = Users
    if (user?.Username === undefined) return null
    return this.#toUser(user, toRole(await this.#groupsOf(user.Username)))
  }

  #groupsOf(username: string): Promise<string[]> {
    return readAll(async token => {
      const page = await this.#cognito.adminListGroupsForUser({
        ...this.#of({ username }),
        ...(token === undefined ? {} : { NextToken: token }),
      })
      return { items: (page.Groups ?? []).flatMap(({ GroupName }) => GroupName ?? []), next: page.NextToken }
    })
  }

  async create(username: string, role: UserRole, password: string): Promise<User | null> {
    try {
      const { User: user = {} } = await this.#cognito.adminCreateUser({
        ...this.#of({ username }),
        TemporaryPassword: password,
        MessageAction: 'SUPPRESS',
      })
      await this.#cognito.adminAddUserToGroup({ ...this.#of({ username }), GroupName: toGroup(role) })
      return this.#toUser(user, role)
    } catch (error) {
      if (error instanceof UsernameExistsException) return null
      throw error
    }
  }

  /** Leaves the other roles' groups first: whoever is in between may do less, never more. */
  async setRole(user: User, role: UserRole): Promise<void> {
    const groups = await this.#groupsOf(user.username)
    for (const other of userRole.options.filter(other => other !== role && groups.includes(toGroup(other))))
      await this.#cognito.adminRemoveUserFromGroup({ ...this.#of(user), GroupName: toGroup(other) })
    await this.#cognito.adminAddUserToGroup({ ...this.#of(user), GroupName: toGroup(role) })
    await this.endSessions(user.username)
  }

  async setDisabled(user: User, disabled: boolean): Promise<void> {
    if (!disabled) {
      await this.#cognito.adminEnableUser(this.#of(user))
      return
    }
    await this.#cognito.adminDisableUser(this.#of(user))
    await this.endSessions(user.username)
  }

  async resetPassword(user: User, password: string): Promise<void> {
    await this.#cognito.adminSetUserPassword({ ...this.#of(user), Password: password, Permanent: false })
    await this.endSessions(user.username)
  }

  /** Revokes refresh tokens; access tokens stay valid until they expire. */
  async endSessions(username: string): Promise<boolean> {
    try {
      await this.#cognito.adminUserGlobalSignOut(this.#of({ username }))
      return true
    } catch (error) {
      if (error instanceof UserNotFoundException) return false
      throw error
    }
  }

  async remove(user: User): Promise<void> {
    try {
      await this.#cognito.adminDeleteUser(this.#of(user))
    } catch (error) {
      if (!(error instanceof UserNotFoundException)) throw error
    }
  }
}
