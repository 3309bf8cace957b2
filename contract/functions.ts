import type { Needs } from './needs.ts'
import type { routes } from './routes.ts'

type Routes = typeof routes
/** A function that answers routes. */
type Answering = Routes[keyof Routes]['function']

const READ = ['GetItem', 'Query'] as const
const VIEW = ['GetItem', 'BatchGetItem', 'Query'] as const

/**
 * What each function may do, whatever it is asked to do: the grants of the cloud follow from here. A folder under functions/ has a line,
 * and a line has a folder.
 */
export const functions = {
  authorizer: { trigger: 'authorizer', memory: 256, timeout: 5 },
  batches: {
    registry: { read: READ, puts: ['customer', 'batch', 'access'] },
    views: [...VIEW, 'PutItem'],
    search: 'read',
    memory: 512,
    timeout: 29,
  },
  conflicts: {
    registry: { read: READ, puts: ['customer', 'field', 'decision', 'access'] },
    views: [...VIEW, 'PutItem'],
    keys: ['CURSOR_KEY'],
    memory: 256,
    timeout: 15,
  },
  customers: {
    registry: { read: READ, puts: ['customer', 'access'] },
    views: [...VIEW, 'PutItem'],
    search: 'read',
    keys: ['CURSOR_KEY'],
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
  heartbeat: {
    trigger: { everyMinutes: 1 },
    registry: { read: ['Query'], puts: ['locations'] },
    views: ['Query', 'PutItem'],
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
    registry: { read: [...READ, 'Scan'], puts: ['access'], removes: ['customer'] },
    views: [...VIEW, 'PutItem', 'DeleteItem', 'BatchWriteItem'],
    search: 'write',
    keys: ['CURSOR_KEY'],
    memory: 512,
    timeout: 29,
  },
  project: {
    trigger: { stream: 'views' },
    views: [...VIEW, 'PutItem', 'BatchWriteItem'],
    search: 'write',
    memory: 512,
    timeout: 60,
  },
  reconcile: {
    trigger: { stream: 'registry' },
    registry: { read: READ, removes: ['customer'] },
    views: [...VIEW, 'PutItem', 'DeleteItem', 'BatchWriteItem'],
    memory: 512,
    timeout: 60,
  },
  search: {
    registry: { read: READ, puts: ['access'] },
    views: VIEW,
    search: 'read',
    memory: 512,
    timeout: 15,
  },
  service: {
    registry: { read: ['GetItem'] },
    views: ['GetItem'],
    search: 'read',
    domain: true,
    login: true,
    memory: 256,
    timeout: 10,
  },
} as const satisfies Record<Answering, Needs> & Record<string, Needs>

/** The functions with their needs, by name. */
export const functionNeeds: ReadonlyMap<string, Needs> = new Map(Object.entries(functions))
