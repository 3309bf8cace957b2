import { routes } from '#contract/routes.ts'
import { lookup } from '#domain/lookup/lookup.ts'
import { verifyReceipt } from '#domain/lookup/receipt.ts'
import { endpoint, ok, on } from '../endpoint.ts'
import { settings } from '../settings.ts'

export const handler = endpoint<'lookup'>({
  lookup: on(routes.lookup, async ({ body }, { call, services, event }) => {
    const { RECEIPT_KEY: key, REGISTRY_LOOKUP_BUDGET: budget } = settings()
    const address = event.requestContext.identity.sourceIp
    return ok(await lookup(services, call, body, address, { key, budget }))
  }),
  verifyLookup: on(routes.verifyLookup, ({ body }) => ok(verifyReceipt(settings().RECEIPT_KEY, body.receipt))),
})
