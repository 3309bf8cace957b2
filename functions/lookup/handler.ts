import { json } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import type { LookupAnswer } from '#contract/schemas/query.ts'
import type { AccessStore } from '#domain/audit/port.ts'
import { lookup, REFUSED } from '#domain/lookup/lookup.ts'
import { verifyReceipt } from '#domain/lookup/receipt.ts'
import { endpoint } from '../http/endpoint.ts'
import { type HttpResponse, ok, operation } from '../http/operation.ts'
import { recordRefusal } from '../http/refusal-sampler.ts'
import type { Ports } from '../runtime/ports.ts'
import { getSettings } from '../runtime/settings.ts'

/** No answer is longer than this, in bytes. */
const RESPONSE_BYTES = 1024

/** An answer with spaces after it, so that all are equally long: who sees no more than how much is sent does not learn what it says. */
function toPaddedResponse(response: LookupAnswer): HttpResponse {
  const text = JSON.stringify(response)
  const spaces = Math.max(0, RESPONSE_BYTES - Buffer.byteLength(text))
  return ok(text + ' '.repeat(spaces), { 'Content-Type': json })
}

/** Where lookups that are over their budget leave not a row each. */
const withRefusalSampling = ({ accesses }: Pick<Ports, 'accesses'>): Pick<AccessStore, 'record'> => ({
  record: access => (access.outcome === REFUSED ? recordRefusal(accesses, access) : accesses.record(access)),
})

export const handler = endpoint<'lookup'>({
  lookup: operation(routes.lookup, async ({ body }, { request, services, event }) => {
    const { RECEIPT_KEY: key, REGISTRY_LOOKUP_BUDGET: budget } = getSettings()
    const address = event.requestContext.identity.sourceIp
    return toPaddedResponse(
      await lookup({ ...services, accesses: withRefusalSampling(services) }, request, body, address, { key, budget }),
    )
  }),
  verifyLookup: operation(routes.verifyLookup, async ({ body }, { request, services, event }) => {
    const address = event.requestContext.identity.sourceIp
    return ok(await verifyReceipt(services, request, body.receipt, address, getSettings().RECEIPT_KEY))
  }),
})
