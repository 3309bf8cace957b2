/** The kinds of rows in the registry, by the prefix of their partition key. Permissions refer to them. */
export type RegistryRow =
  | 'customer'
  | 'field'
  | 'type'
  | 'policy'
  | 'decision'
  | 'access'
  | 'purchases'
  | 'purchase-key'
  | 'batch'
  | 'purges'
  | 'runs'
  | 'erasure'
  | 'seal'
  | 'count'
  | 'locations'

type Reading = 'GetItem' | 'BatchGetItem' | 'Query' | 'Scan'
type Writing = 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'BatchWriteItem'

/** What starts a function that has no routes. */
export type Trigger = 'authorizer' | { stream: 'registry' | 'views' } | { everyMinutes: number }

/** What a function needs. It is granted nothing else. */
export interface FunctionSpec {
  /** Default: the routes that name it. */
  trigger?: Trigger
  /** The kinds of rows that it reads, puts and deletes. Only retention, erasure and the removal of a location delete rows. */
  registry?: { read?: readonly Reading[]; puts?: readonly RegistryRow[]; removes?: readonly RegistryRow[] }
  views?: readonly (Reading | Writing)[]
  /** `write` also fills and rebuilds the indexes; `audit` reads only the audit index. */
  search?: 'read' | 'write' | 'audit'
  /** Reads the state of the managed search domain. */
  domain?: true
  /** Checks names and passwords with Cognito. */
  login?: true
  /** Lists, creates, changes and removes users of the Cognito user pool. */
  users?: true
  /** Calls the API of its own region. */
  api?: true
  keys?: readonly ('CURSOR_KEY' | 'RECEIPT_KEY' | 'CANARY_PASSWORD')[]
  /** In MB; the share of a processor is proportional. */
  memory: 256 | 512
  /** The timeout in seconds. API Gateway waits for at most 29. */
  timeout: number
}
