/** Names by which other stacks or regions find resources. */
export const PREFIX = 'customer-registry'

export const TABLES = { registry: `${PREFIX}-registry`, views: `${PREFIX}-views` } as const
export const KEY_ALIAS = `alias/${PREFIX}`
export const STAGE = 'api'
export const CLIENT_NAME = `${PREFIX}-client`
export const PAGE_CLIENT_NAME = `${PREFIX}-page`

/** Secrets, the same in all regions, by their environment variable. */
export const SECRETS = {
  CURSOR_KEY: `${PREFIX}/cursor-key`,
  RECEIPT_KEY: `${PREFIX}/receipt-key`,
  CANARY_PASSWORD: `${PREFIX}/canary-password`,
} as const

/** Parameters that the primary region stores for the others. */
export const PARAMETERS = {
  userPool: `/${PREFIX}/user-pool`,
  client: `/${PREFIX}/client`,
  page: `/${PREFIX}/page`,
  pageClient: `/${PREFIX}/page-client`,
} as const

/** The prefix of all log groups. */
export const LOGS = `/${PREFIX}`
/** The namespace of custom metrics. */
export const NAMESPACE = 'CustomerRegistry'
