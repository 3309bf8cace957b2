import type { User, UserRole } from '#contract/schemas/user.ts'

/** Who may log in. The directory of the cloud is a Cognito user pool; that of one machine is a file. */
export interface UserDirectory {
  /** All users, in any order. */
  list(): Promise<User[]>
  find(id: string): Promise<User | null>
  /** Creates a user with a one-time password; null if the name is taken. */
  create(username: string, role: UserRole, password: string): Promise<User | null>
  setRole(user: User, role: UserRole): Promise<void>
  setDisabled(user: User, disabled: boolean): Promise<void>
  /** Sets a one-time password and ends the user's sessions. */
  resetPassword(user: User, password: string): Promise<void>
  /** Ends all sessions of the user with that name; false if there is none. */
  endSessions(username: string): Promise<boolean>
  remove(user: User): Promise<void>
}
