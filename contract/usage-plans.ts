/** The usage plan of callers whose groups have none of their own. */
export const DEFAULT_PLAN = 'common'

/** The key by which API Gateway knows a plan. It is no secret: the authorizer says it, and what a client sends counts for nothing. */
export const planKey = (plan: string): string => `customer-registry-plan-${plan}`
