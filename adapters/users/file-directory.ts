import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import * as z from 'zod'
import type { User, UserRole } from '#contract/schemas/user.ts'
import type { UserDirectory } from '#domain/users/port.ts'
import type { Login, PasswordCheck } from '../tokens/issuer.ts'
import { toGroup, toRole } from './roles.ts'

/** The cost of a password's hash, as OWASP's Password Storage Cheat Sheet recommends for 16 MB. */
const SCRYPT = { N: 2 ** 14, r: 8, p: 5, maxmem: 64 * 2 ** 20 }
/** A password that everybody knows needs no protection from guessing: its hash costs as little as possible. */
const PUBLIC_SCRYPT = { ...SCRYPT, N: 2, p: 1 }
const HASH_BYTES = 32
const SALT_BYTES = 16
/** How long a process waits for another one that writes, in milliseconds. */
const BUSY_MS = 5000

const TABLE = `CREATE TABLE IF NOT EXISTS users (
  id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, groups TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0,
  salt TEXT NOT NULL, hash TEXT NOT NULL, one_time INTEGER NOT NULL, created_at TEXT NOT NULL,
  tokens_from INTEGER NOT NULL DEFAULT 0, public INTEGER NOT NULL DEFAULT 0) STRICT`
/** The file of an earlier version lacks it. */
const ADD_PUBLIC = 'ALTER TABLE users ADD COLUMN public INTEGER NOT NULL DEFAULT 0'

const row = z.object({
  id: z.string(),
  username: z.string(),
  groups: z.string().transform(names => names.split(',')),
  disabled: z.number().transform(Boolean),
  salt: z.string(),
  hash: z.string(),
  one_time: z.number().transform(Boolean),
  created_at: z.string(),
  tokens_from: z.number(),
  public: z.number().transform(Boolean),
})
type Row = z.output<typeof row>

const toUser = ({ id, username, groups, disabled, one_time, created_at }: Row): User => ({
  id,
  username,
  role: toRole(groups),
  disabled,
  one_time_password: one_time,
  created_at,
})

const hashPassword = (password: string, salt: string, isPublic: boolean): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, isPublic ? PUBLIC_SCRYPT : SCRYPT, (error, hash) =>
      error ? reject(error) : resolve(hash),
    ),
  )

async function toSecret(password: string, isPublic: boolean): Promise<{ salt: string; hash: string }> {
  const salt = randomBytes(SALT_BYTES).toString('hex')
  return { salt, hash: (await hashPassword(password, salt, isPublic)).toString('hex') }
}

/** Compared with when the name is unknown, so that the response takes as long. No password has this hash. */
const NOBODY = { salt: '', hash: '0'.repeat(2 * HASH_BYTES), public: false }

/** Later than any token of the user so far: one that was issued in this second may be dated after a change of the same second. */
const END_TOKENS = 'tokens_from = max(?, tokens_from + 1)'
const nextSecond = (): number => Math.floor(Date.now() / 1000) + 1

/**
 * The users of one machine, in a file that the processes of all locations share, readable only by this user. It has scrypt hashes in place
 * of passwords. SQLite makes changes atomic and lets one process write at a time.
 */
export class FileDirectory implements UserDirectory, PasswordCheck {
  readonly #database: DatabaseSync
  /** Prepared once: every request checks its user. */
  readonly #findBy: Record<'id' | 'username', StatementSync>
  readonly #accepting: StatementSync

  constructor(file: string) {
    closeSync(openSync(file, 'a', 0o600))
    this.#database = new DatabaseSync(file, { timeout: BUSY_MS })
    this.#database.exec(TABLE)
    const columns = this.#database.prepare("SELECT 1 FROM pragma_table_info('users') WHERE name = 'public'")
    if (columns.get() === undefined) this.#database.exec(ADD_PUBLIC)
    const findBy = (column: string) => this.#database.prepare(`SELECT * FROM users WHERE ${column} = ?`)
    this.#accepting = this.#database.prepare(
      'SELECT 1 FROM users WHERE username = ? AND NOT disabled AND tokens_from <= ?',
    )
    this.#findBy = { id: findBy('id'), username: findBy('username') }
  }

  close(): void {
    this.#database.close()
  }

  #find(column: 'id' | 'username', value: string): Row | null {
    const found = this.#findBy[column].get(value)
    return found === undefined ? null : row.parse(found)
  }

  async list(): Promise<User[]> {
    return z.array(row).parse(this.#database.prepare('SELECT * FROM users').all()).map(toUser)
  }

  async find(id: string): Promise<User | null> {
    const found = this.#find('id', id)
    return found && toUser(found)
  }

  create(username: string, role: UserRole, password: string): Promise<User | null> {
    return this.#add(username, password, { groups: [toGroup(role)], isPublic: false })
  }

  /** Adds a user of any groups, whose password everybody knows; null if the name is taken. */
  addPublic(username: string, { password, groups }: { password: string; groups: string[] }): Promise<User | null> {
    return this.#add(username, password, { groups, isPublic: true })
  }

  /** Adds a user; null if the name is taken. A password that is not public is a one-time password. */
  async #add(
    username: string,
    password: string,
    { groups, isPublic }: { groups: string[]; isPublic: boolean },
  ): Promise<User | null> {
    const { salt, hash } = await toSecret(password, isPublic)
    const insert = `INSERT INTO users (id, username, groups, salt, hash, one_time, public, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (username) DO NOTHING`
    const id = randomUUID()
    const values = [
      groups.join(','),
      salt,
      hash,
      Number(!isPublic),
      Number(isPublic),
      new Date().toISOString(),
    ] as const
    const { changes } = this.#database.prepare(insert).run(id, username, ...values)
    return changes === 0 ? null : this.find(id)
  }

  async setRole({ id }: User, role: UserRole): Promise<void> {
    const update = `UPDATE users SET groups = ?, ${END_TOKENS} WHERE id = ?`
    this.#database.prepare(update).run(toGroup(role), nextSecond(), id)
  }

  async setDisabled({ id }: User, disabled: boolean): Promise<void> {
    const update = `UPDATE users SET disabled = ?, ${END_TOKENS} WHERE id = ?`
    this.#database.prepare(update).run(Number(disabled), nextSecond(), id)
  }

  resetPassword({ id }: User, password: string): Promise<void> {
    return this.#setPassword(id, password, true)
  }

  async #setPassword(id: string, password: string, oneTime: boolean): Promise<void> {
    const { salt, hash } = await toSecret(password, false)
    const update = `UPDATE users SET salt = ?, hash = ?, one_time = ?, public = 0, ${END_TOKENS} WHERE id = ?`
    this.#database.prepare(update).run(salt, hash, Number(oneTime), nextSecond(), id)
  }

  async endSessions(username: string): Promise<boolean> {
    const update = `UPDATE users SET ${END_TOKENS} WHERE username = ?`
    return this.#database.prepare(update).run(nextSecond(), username).changes > 0
  }

  async remove({ id }: User): Promise<void> {
    this.#database.prepare('DELETE FROM users WHERE id = ?').run(id)
  }

  /**
   * Checks a password, and replaces it if there is a new one. Null for an unknown or disabled user and for a wrong password. Checking takes
   * the same time in each case, but for a user whose password is still public.
   *
   * @returns `one-time` if the password is right, but must be replaced first.
   */
  async logIn(username: string, password: string, newPassword?: string): Promise<Login | 'one-time' | null> {
    const found = this.#find('username', username)
    const { salt, hash, public: isPublic } = found ?? NOBODY
    const isRight = timingSafeEqual(await hashPassword(password, salt, isPublic), Buffer.from(hash, 'hex'))
    if (found === null || !isRight || found.disabled) return null
    if (newPassword === undefined && found.one_time) return 'one-time'
    if (newPassword !== undefined) await this.#setPassword(found.id, newPassword, false)
    const current = this.#find('id', found.id)
    if (current === null || current.disabled) return null
    return { groups: current.groups, tokensFrom: current.tokens_from }
  }

  /** Whether a token that was issued then (seconds since 1970) is still valid: no change of the user has ended it. */
  acceptsToken(username: string, issuedAt: number): boolean {
    return this.#accepting.get(username, issuedAt) !== undefined
  }
}
