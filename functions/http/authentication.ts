import { keepVerified } from '#adapters/tokens/verified-tokens.ts'
import { createTokenVerifier } from '#adapters/tokens/verifier.ts'
import { CANARY_GROUP, CANARY_OPERATIONS } from '#contract/canary.ts'
import { DEFAULT_PLAN, planKey } from '#contract/usage-plans.ts'
import { lazy } from '#domain/lazy.ts'
import { getSettings } from '../runtime/settings.ts'
import { getUsersFile } from '../runtime/users-file.ts'
import { getHeader } from './get-header.ts'

const ROLES = [
  ['service_provider', 'provider'],
  ['service_agent', 'agent'],
] as const

export interface Caller {
  actor: string
  /** Null if the user is in no group with a role. */
  role: 'provider' | 'agent' | null
  /** The names of the operations that the canary may call; null for other callers, who may call everything their role may. */
  allowedOperations: readonly string[] | null
  /** The API key of the caller's usage plan; null without usage plans. */
  plan: string | null
}

const usagePlans = lazy(() => getSettings().USAGE_PLANS?.split(',') ?? null)

function getPlanKey(groups: readonly string[]): string | null {
  const planNames = usagePlans()
  return planNames && planKey(planNames.find(plan => groups.includes(plan)) ?? DEFAULT_PLAN)
}

const verifyToken = lazy(() => {
  const { TOKEN_ISSUER: issuer, TOKEN_CLIENT_ID, TOKEN_PAGE_CLIENT_ID, TOKEN_JWKS: jwks } = getSettings()
  const clientIds = [TOKEN_CLIENT_ID, TOKEN_PAGE_CLIENT_ID].filter(it => it !== undefined)
  return keepVerified(createTokenVerifier({ issuer, clientIds, jwks }))
})

/** Authenticates a request by the verified claims of its bearer token only; null without a token. @throws the verification error. */
export async function authenticate(headers: Parameters<typeof getHeader>[0]['headers']): Promise<Caller | null> {
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(getHeader({ headers }, 'Authorization') ?? '') ?? []
  if (token === undefined) return null
  const { actor, groups, issuedAt } = await verifyToken()(token)
  // Where users are not in a file, a token is valid until it expires.
  const users = await getUsersFile()
  if (users !== null && !users.acceptsToken(actor, issuedAt))
    throw new Error('The user was removed, disabled or changed since the token was issued')
  const role = ROLES.find(([group]) => groups.includes(group))?.[1] ?? null
  const plan = getPlanKey(groups)
  // The canary erases its own customers. That requires the provider role, limited to these operations.
  if (role === null && groups.includes(CANARY_GROUP))
    return { actor, role: 'provider', allowedOperations: CANARY_OPERATIONS, plan }
  return { actor, role, allowedOperations: null, plan }
}
