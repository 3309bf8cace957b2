/** The usage plan of callers whose groups have none. */
export const DEFAULT_PLAN = 'common'

/** The API key by which API Gateway identifies a plan. It is no secret: the authorizer sets it, and keys that clients send are ignored. */
export const planKey = (plan: string): string => `customer-registry-plan-${plan}`
