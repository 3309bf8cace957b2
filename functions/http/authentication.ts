import { createTokenVerifier } from '#adapters/tokens/verifier.ts'
import { CANARY_GROUP, canaryRoutes } from '#contract/canary.ts'
import type { Route } from '#contract/route.ts'
import { DEFAULT_PLAN, planKey } from '#contract/usage-plans.ts'
import { getSettings, lazy } from '../runtime/settings.ts'
import { getHeader } from './request.ts'

const ROLES = [
  ['service_provider', 'provider'],
  ['service_agent', 'agent'],
] as const

export interface Caller {
  actor: string
  /** null: in no group that may do anything. */
  role: 'provider' | 'agent' | null
  /** What the canary may call; null: somebody else calls, who may call all that the role may. */
  allowedRoutes: readonly Route[] | null
  /** The key of the usage plan that the caller's requests count in; null where there are no plans. */
  plan: string | null
}

const usagePlans = lazy(() => getSettings().USAGE_PLANS?.split(',') ?? null)

function getPlanKey(groups: readonly string[]): string | null {
  const planNames = usagePlans()
  return planNames && planKey(planNames.find(plan => groups.includes(plan)) ?? DEFAULT_PLAN)
}

const verifyToken = lazy(() => {
  const { TOKEN_ISSUER: issuer, TOKEN_CLIENT_ID: clientId, TOKEN_JWKS: jwks } = getSettings()
  return createTokenVerifier({ issuer, clientId, jwks })
})

/** Who sent a request, by the verified claims of its bearer token alone; null where it has none. @throws what is wrong with the token. */
export async function authenticate(headers: Parameters<typeof getHeader>[0]['headers']): Promise<Caller | null> {
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(getHeader({ headers }, 'Authorization') ?? '') ?? []
  if (token === undefined) return null
  const { actor, groups } = await verifyToken()(token)
  const role = ROLES.find(([group]) => groups.includes(group))?.[1] ?? null
  const plan = getPlanKey(groups)
  // It erases what it made: for that it needs the provider's role, and no more of it than this.
  if (role === null && groups.includes(CANARY_GROUP))
    return { actor, role: 'provider', allowedRoutes: canaryRoutes, plan }
  return { actor, role, allowedRoutes: null, plan }
}
