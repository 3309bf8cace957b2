import { canaryDocumentNumber } from '#contract/canary.ts'
import { Forbidden } from '#domain/errors.ts'
import type { HandlerContext } from '../http/operation.ts'

/** Lets the canary erase those alone who bear its location's mark; others who may erase are not asked. @throws Forbidden */
export async function assertCanaryMayErase({ event, request, services }: HandlerContext, id: string): Promise<void> {
  if (event.requestContext.authorizer?.canary !== 'true') return
  const row = await services.records.current('customer', id, true)
  if (row?.snapshot.document_number !== canaryDocumentNumber(request.location))
    throw new Forbidden('The canary may erase only customers that it created')
}
