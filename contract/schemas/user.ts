import * as z from 'zod'
import { timestamp } from './time.ts'

/** The roles that users can be given. */
export const userRole = z.enum(['agent', 'provider'])
export type UserRole = z.infer<typeof userRole>

/** The name that a user logs in with: one that every user directory accepts, in one spelling only. */
export const userName = z.string().regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, {
  error: 'must be 1 to 64 small letters, digits and . _ @ -, and begin with a letter or digit',
})

/** A user's name may be personal, so paths have the id. */
export const userParams = z.strictObject({
  id: z
    .uuid({ error: 'is not a user id' })
    .transform(id => id.toLowerCase())
    .meta({ type: 'string', format: 'uuid' }),
})

const members = {
  id: z.string(),
  username: z.string(),
  role: userRole.nullable(),
  disabled: z.boolean(),
  one_time_password: z.boolean(),
  created_at: timestamp,
}
export const userAnswer = z.object(members).meta({ id: 'User' })
export type User = z.infer<typeof userAnswer>

/** The only response that has the password. */
export const issuedUserAnswer = z.object({ ...members, password: z.string() }).meta({ id: 'UserWithPassword' })
export const userList = z.object({ items: z.array(userAnswer), next: z.string().nullable() }).meta({ id: 'UserList' })

export const createUserBody = z
  .strictObject({ username: userName, role: userRole })
  .meta({ examples: [{ username: 'grace', role: 'agent' }] })
export const patchUserBody = z
  .strictObject({ role: userRole.optional(), disabled: z.boolean().optional() })
  .meta({ examples: [{ disabled: true }] })

/** Whose sessions were ended. */
export const callerName = z.object({ user: z.string() })
