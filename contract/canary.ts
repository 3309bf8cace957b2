import type { routes } from './routes.ts'

/** The user that monitors the registry at each location. */
export const CANARY_USER = 'canary'

/** The group of the user that monitors the registry at each location. */
export const CANARY_GROUP = 'service_canary'

/** The operations that this user may call, besides public ones. It may call no others; erasing otherwise requires the provider role. */
export const CANARY_OPERATIONS: readonly string[] = [
  'createCustomer',
  'getCustomer',
  'search',
  'eraseCustomer',
] as const satisfies readonly (keyof typeof routes)[]

/** The first word of the document numbers of canary customers. Nobody else may use it. */
export const CANARY_MARK = 'CANARY'

/** The document number of a location's canary customers. It tells them from real customers, and finds what an interrupted run left. */
export const canaryDocumentNumber = (location: string): string => `${CANARY_MARK} ${location.toUpperCase()}`
