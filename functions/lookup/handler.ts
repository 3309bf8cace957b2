import { json } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import type { LookupAnswer } from '#contract/schemas/query.ts'
import { lookup, REFUSED } from '#domain/lookup/lookup.ts'
import { verifyReceipt } from '#domain/lookup/receipt.ts'
import type { AccessStore, Ports } from '#domain/ports.ts'
import { endpoint, ok, on, type Reply } from '../endpoint.ts'
import { recordRefusal } from '../refusals.ts'
import { settings } from '../settings.ts'

/** No answer is longer than this, in bytes. */
const LENGTH = 1024

/** An answer with spaces after it, so that all are equally long: who sees no more than how much is sent does not learn what it says. */
function padded(answer: LookupAnswer): Reply {
  const text = JSON.stringify(answer)
  const spaces = Math.max(0, LENGTH - Buffer.byteLength(text))
  return ok(text + ' '.repeat(spaces), { 'Content-Type': json })
}

/** Where lookups that are over their budget leave not a row each. */
const bounded = ({ accesses }: Pick<Ports, 'accesses'>): Pick<AccessStore, 'record'> => ({
  record: access => (access.outcome === REFUSED ? recordRefusal(accesses, access) : accesses.record(access)),
})

export const handler = endpoint<'lookup'>({
  lookup: on(routes.lookup, async ({ body }, { call, services, event }) => {
    const { RECEIPT_KEY: key, REGISTRY_LOOKUP_BUDGET: budget } = settings()
    const address = event.requestContext.identity.sourceIp
    return padded(await lookup({ ...services, accesses: bounded(services) }, call, body, address, { key, budget }))
  }),
  verifyLookup: on(routes.verifyLookup, async ({ body }, { call, services, event }) => {
    const address = event.requestContext.identity.sourceIp
    return ok(await verifyReceipt(services, call, body.receipt, address, settings().RECEIPT_KEY))
  }),
})
