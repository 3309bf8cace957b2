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
import { usersRoutes } from './routes/users.ts'

/** Every operation by its id. Validation, roles, the OpenAPI document and the types are derived from this. */
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
  ...usersRoutes,
}

type Routes = typeof routes
/** The ids of a function's routes. */
export type RoutesOf<F extends string> = {
  [Id in keyof Routes]: Routes[Id]['function'] extends F ? Id : never
}[keyof Routes]
