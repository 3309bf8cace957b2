/** What a function may do with a row of the registry: the kinds of row, by what their partition's key begins with. */
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

/** What starts a function that answers no route. */
export type Trigger = 'authorizer' | { stream: 'registry' | 'views' } | { everyMinutes: number }

/** What a function needs. It is granted this and nothing else. */
export interface FunctionSpec {
  /** Absent: the routes that name it. */
  trigger?: Trigger
  /** Kinds of row that it puts, and removes. Only what retention and erasure cover is ever removed, and locations that are gone. */
  registry?: { read?: readonly Reading[]; puts?: readonly RegistryRow[]; removes?: readonly RegistryRow[] }
  views?: readonly (Reading | Writing)[]
  /** `write`: also fills the indexes and makes them anew; `audit`: reads the audit's alone. */
  search?: 'read' | 'write' | 'audit'
  /** Asks AWS for the state of the managed search domain. */
  domain?: true
  /** Asks Cognito whether a name and a password are right. */
  login?: true
  /** Asks the API of its own region. */
  api?: true
  keys?: readonly ('CURSOR_KEY' | 'RECEIPT_KEY' | 'CANARY_PASSWORD')[]
  /** MB; its share of a processor grows with it. */
  memory: 256 | 512
  /** Seconds after which it is ended. API Gateway waits 29 at most. */
  timeout: number
}
