import { type UserRole, userRole } from '#contract/schemas/user.ts'

/** The group that gives a role. */
export const toGroup = (role: UserRole): string => `service_${role}`

/** The role that groups give: the one with more rights, if they give both. Null without any. */
export const toRole = (groups: readonly string[]): UserRole | null =>
  userRole.options.findLast(role => groups.includes(toGroup(role))) ?? null
