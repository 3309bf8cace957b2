import { expect, test } from '@jest/globals'
import { CANARY_OPERATIONS } from '#contract/canary.ts'
import type { Role, Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { Forbidden, Unauthenticated } from '#domain/errors.ts'
import { requiredRole } from '#functions/http/middleware/required-role.ts'
import { ok, operation } from '#functions/http/operation.ts'
import { toRequest, withState } from './request.ts'

const operations = {
  public: operation(routes.ping, () => ok({})),
  agent: operation(routes.listCustomers, () => ok({})),
  provider: operation(routes.getRetention, () => ok({})),
}

test.each<[Role, Role, (new (detail: string) => Error) | null]>([
  ['public', 'public', null],
  ['public', 'agent', null],
  ['agent', 'public', Unauthenticated],
  ['agent', 'agent', null],
  ['agent', 'provider', null],
  ['provider', 'public', Unauthenticated],
  ['provider', 'agent', Forbidden],
  ['provider', 'provider', null],
])('an operation for %s called by %s is allowed or refused', async (required, role, expected) => {
  const request = withState(await toRequest(), { operation: operations[required], role })
  const check = () => requiredRole().before?.(request)
  if (expected === null) expect(check).not.toThrow()
  else expect(check).toThrow(expected)
})

test.each(Object.entries<Route>(routes).filter(([, { role }]) => role !== 'public'))(
  'the canary may call %s only if it needs it',
  async (name, route) => {
    const called = operation({ ...routes.getCustomer, ...route } as typeof routes.getCustomer, () => ok({}))
    const request = withState(await toRequest(), {
      name,
      operation: { ...called, route },
      role: 'provider',
      isCanary: true,
    })
    const check = () => requiredRole().before?.(request)
    if (CANARY_OPERATIONS.includes(name)) expect(check).not.toThrow()
    else expect(check).toThrow(Forbidden)
  },
)
