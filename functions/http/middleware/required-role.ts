import { CANARY_OPERATIONS } from '#contract/canary.ts'
import { permits } from '#contract/route.ts'
import { Forbidden, Unauthenticated } from '#domain/errors.ts'
import { getState, type HttpMiddleware } from '../operation.ts'

/** Refuses callers without the role that the route requires. @throws Unauthenticated, Forbidden */
export const requiredRole = (): HttpMiddleware => ({
  before: ({ context }) => {
    const { name, operation, role, isCanary } = getState(context)
    const required = operation.route.role
    if (!permits(required, role)) {
      if (role === 'public') throw new Unauthenticated('A valid token is required')
      throw new Forbidden('This operation requires the provider role')
    }
    // The authorizer's policy cannot say so exactly: its wildcard covers further segments of a path.
    if (isCanary && required !== 'public' && !CANARY_OPERATIONS.includes(name))
      throw new Forbidden('The canary may not call this operation')
  },
})
