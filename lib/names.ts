/** What things are called, where another stack or another region has to find them by their name. */
export const PREFIX = 'customer-registry'

export const TABLES = { registry: `${PREFIX}-registry`, views: `${PREFIX}-views` } as const
export const KEY_ALIAS = `alias/${PREFIX}`
export const STAGE = 'api'
export const CLIENT_NAME = `${PREFIX}-client`

/** Secrets, the same in all regions, by the variable that names them. */
export const SECRETS = {
  CURSOR_KEY: `${PREFIX}/cursor-key`,
  RECEIPT_KEY: `${PREFIX}/receipt-key`,
  CANARY_PASSWORD: `${PREFIX}/canary-password`,
} as const

/** What the primary region tells the others, in its parameter store. */
export const PARAMETERS = {
  userPool: `/${PREFIX}/user-pool`,
  client: `/${PREFIX}/client`,
  page: `/${PREFIX}/page`,
} as const

/** The group of whoever reads logs by name: all log groups begin with it. */
export const LOGS = `/${PREFIX}`
/** The namespace of metrics that functions and log filters make. */
export const NAMESPACE = 'CustomerRegistry'
