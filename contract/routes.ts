import { auditRoutes } from './routes/audit.ts'
import { batchesRoutes } from './routes/batches.ts'
import { conflictsRoutes } from './routes/conflicts.ts'
import { customersRoutes } from './routes/customers.ts'
import { duplicatesRoutes } from './routes/duplicates.ts'
import { operationsRoutes } from './routes/operations.ts'
import { searchRoutes } from './routes/search.ts'
import { serviceRoutes } from './routes/service.ts'

/** Every operation, by its id. The local server, the input checks, the roles, OpenAPI and the types all follow from here. */
export const routes = {
  ...serviceRoutes,
  ...customersRoutes,
  ...conflictsRoutes,
  ...duplicatesRoutes,
  ...searchRoutes,
  ...batchesRoutes,
  ...auditRoutes,
  ...operationsRoutes,
}

type Routes = typeof routes
/** The ids of the routes that one function answers. */
export type RoutesOf<F extends string> = {
  [Id in keyof Routes]: Routes[Id]['function'] extends F ? Id : never
}[keyof Routes]
