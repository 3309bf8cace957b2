import { PURGE_EVERY_MINUTES } from './env.ts'
import type { FunctionSpec } from './function-spec.ts'
import type { routes } from './routes.ts'

type Routes = typeof routes
/** The functions that have routes. */
type Answering = Routes[keyof Routes]['function']

const READ = ['GetItem', 'BatchGetItem', 'Query'] as const
const VIEW = ['GetItem', 'BatchGetItem', 'Query'] as const

/** What each function may do. IAM policies are derived from it. Every folder of a function has an entry here, and vice versa. */
export const functions = {
  audit: {
    registry: { read: READ, puts: ['access'] },
    views: VIEW,
    search: 'audit',
    keys: ['CURSOR_KEY', 'RECEIPT_KEY'],
    memory: 512,
    timeout: 29,
  },
  authorizer: {
    trigger: 'authorizer',
    registry: { puts: ['access'] },
    keys: ['RECEIPT_KEY'],
    memory: 256,
    timeout: 5,
  },
  batches: {
    registry: { read: READ, puts: ['customer', 'batch', 'access'] },
    views: [...VIEW, 'PutItem', 'DeleteItem'],
    search: 'read',
    memory: 512,
    timeout: 29,
  },
  canary: {
    trigger: { everyMinutes: 15 },
    api: true,
    keys: ['CANARY_PASSWORD'],
    memory: 256,
    timeout: 60,
  },
  conflicts: {
    registry: { read: READ, puts: ['customer', 'field', 'type', 'policy', 'decision', 'access'] },
    views: [...VIEW, 'PutItem', 'DeleteItem'],
    keys: ['CURSOR_KEY'],
    memory: 256,
    timeout: 15,
  },
  customers: {
    registry: { read: READ, puts: ['customer', 'access'] },
    views: [...VIEW, 'PutItem', 'DeleteItem'],
    search: 'read',
    keys: ['CURSOR_KEY', 'RECEIPT_KEY'],
    memory: 512,
    timeout: 15,
  },
  docs: { memory: 256, timeout: 5 },
  duplicates: {
    registry: { read: READ, puts: ['customer', 'decision', 'access'] },
    views: [...VIEW, 'PutItem', 'DeleteItem', 'BatchWriteItem'],
    search: 'read',
    keys: ['CURSOR_KEY'],
    memory: 512,
    timeout: 15,
  },
  fields: {
    registry: { read: READ, puts: ['field', 'type', 'access'] },
    views: [...VIEW, 'PutItem', 'DeleteItem'],
    keys: ['CURSOR_KEY'],
    memory: 256,
    timeout: 15,
  },
  heartbeat: {
    trigger: { everyMinutes: 1 },
    registry: { read: ['Query'], puts: ['locations'] },
    views: [...VIEW, 'PutItem'],
    search: 'write',
    memory: 256,
    timeout: 30,
  },
  lookup: {
    registry: { read: READ, puts: ['access'] },
    views: [...VIEW, 'UpdateItem'],
    search: 'read',
    keys: ['RECEIPT_KEY'],
    memory: 512,
    timeout: 15,
  },
  operations: {
    registry: {
      read: [...READ, 'Scan'],
      puts: ['customer', 'decision', 'access'],
      removes: ['customer', 'decision', 'locations'],
    },
    views: [...VIEW, 'PutItem', 'DeleteItem', 'BatchWriteItem'],
    search: 'write',
    keys: ['CURSOR_KEY'],
    memory: 512,
    timeout: 29,
  },
  project: {
    trigger: { stream: 'views' },
    registry: { read: ['Query'] },
    views: [...VIEW, 'PutItem', 'BatchWriteItem'],
    search: 'write',
    memory: 512,
    timeout: 60,
  },
  purchases: {
    registry: { read: READ, puts: ['purchases', 'purchase-key', 'access'] },
    views: [...VIEW, 'PutItem', 'DeleteItem'],
    keys: ['CURSOR_KEY'],
    memory: 256,
    timeout: 15,
  },
  purge: {
    trigger: { everyMinutes: PURGE_EVERY_MINUTES },
    registry: {
      read: READ,
      puts: ['customer', 'decision', 'purges', 'runs'],
      removes: ['customer', 'decision', 'purges'],
    },
    views: [...VIEW, 'PutItem', 'DeleteItem'],
    memory: 512,
    timeout: 300,
  },
  reconcile: {
    trigger: { stream: 'registry' },
    registry: {
      read: READ,
      puts: ['customer', 'decision', 'erasure'],
      removes: ['customer', 'decision', 'purchases', 'purchase-key'],
    },
    views: [...VIEW, 'PutItem', 'DeleteItem', 'BatchWriteItem'],
    memory: 512,
    timeout: 60,
  },
  retention: {
    registry: {
      read: READ,
      puts: ['customer', 'decision', 'policy', 'purges', 'runs', 'erasure', 'access'],
      removes: ['customer', 'decision', 'purges', 'purchases', 'purchase-key'],
    },
    views: [...VIEW, 'PutItem', 'DeleteItem', 'BatchWriteItem'],
    search: 'write',
    keys: ['CURSOR_KEY', 'RECEIPT_KEY'],
    memory: 512,
    timeout: 29,
  },
  seal: {
    trigger: { everyMinutes: 5 },
    registry: { read: READ, puts: ['seal', 'count'] },
    views: [...VIEW, 'PutItem', 'BatchWriteItem'],
    search: 'write',
    memory: 512,
    timeout: 300,
  },
  search: {
    registry: { read: READ, puts: ['access'] },
    views: VIEW,
    search: 'read',
    keys: ['CURSOR_KEY', 'RECEIPT_KEY'],
    memory: 512,
    timeout: 15,
  },
  service: {
    registry: { read: ['GetItem'], puts: ['access'] },
    views: ['GetItem'],
    keys: ['RECEIPT_KEY'],
    search: 'read',
    domain: true,
    login: true,
    memory: 256,
    timeout: 10,
  },
  users: {
    registry: { puts: ['access'] },
    views: ['GetItem'],
    keys: ['CURSOR_KEY'],
    users: true,
    memory: 256,
    timeout: 29,
  },
} as const satisfies Record<Answering, FunctionSpec> & Record<string, FunctionSpec>

/** The functions and their specifications, by name. */
export const functionSpecs: ReadonlyMap<string, FunctionSpec> = new Map(Object.entries(functions))
