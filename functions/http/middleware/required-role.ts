import { Forbidden, Unauthenticated } from '#domain/errors.ts'
import { getState, type HttpMiddleware } from '../operation.ts'

/** Refuses callers without the role that the route requires. @throws Unauthenticated, Forbidden */
export const requiredRole = (): HttpMiddleware => ({
  before: ({ context }) => {
    const { operation, role } = getState(context)
    const required = operation.route.role
    if (required !== 'public' && role === 'public') throw new Unauthenticated('A valid token is required')
    if (required === 'provider' && role !== 'provider') throw new Forbidden('This operation requires the provider role')
  },
})
