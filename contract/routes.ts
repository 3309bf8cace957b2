import { auditRoutes } from './routes/audit.ts'
import { batchesRoutes } from './routes/batches.ts'
import { conflictsRoutes } from './routes/conflicts.ts'
import { customersRoutes } from './routes/customers.ts'
import { duplicatesRoutes } from './routes/duplicates.ts'
import { fieldsRoutes } from './routes/fields.ts'
import { operationsRoutes } from './routes/operations.ts'
import { purchasesRoutes } from './routes/purchases.ts'
import { retentionRoutes } from './routes/retention.ts'
import { searchRoutes } from './routes/search.ts'
import { serviceRoutes } from './routes/service.ts'
import { typesRoutes } from './routes/types.ts'

/** Every operation, by its id. The local server, the input checks, the roles, OpenAPI and the types all follow from here. */
export const routes = {
  ...serviceRoutes,
  ...customersRoutes,
  ...conflictsRoutes,
  ...duplicatesRoutes,
  ...fieldsRoutes,
  ...typesRoutes,
  ...searchRoutes,
  ...batchesRoutes,
  ...auditRoutes,
  ...operationsRoutes,
  ...purchasesRoutes,
  ...retentionRoutes,
}

type Routes = typeof routes
/** The ids of the routes that one function answers. */
export type RoutesOf<F extends string> = {
  [Id in keyof Routes]: Routes[Id]['function'] extends F ? Id : never
}[keyof Routes]
