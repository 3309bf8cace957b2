import { setTimeout as wait } from 'node:timers/promises'
import { json } from '#contract/route.ts'
import { retentionRoutes } from '#contract/routes/retention.ts'
import { searchRoutes } from '#contract/routes/search.ts'
import type { LookupAnswer } from '#contract/schemas/query.ts'
import type { AccessStore } from '#domain/audit/port.ts'
import { lookup } from '#domain/lookup/lookup.ts'
import { verifyReceipt } from '#domain/lookup/receipt.ts'
import { INVALID, REFUSED } from '#domain/lookup/settings.ts'
import { verifyCertificate } from '#domain/retention/certificate.ts'
import { endpoint } from '../http/endpoint.ts'
import { type HttpResponse, ok, operation } from '../http/operation.ts'
import { recordRefusal } from '../http/refusal-sampler.ts'
import type { Ports } from '../runtime/ports.ts'
import { getSettings } from '../runtime/settings.ts'

/** The size of every response, in bytes. */
const RESPONSE_BYTES = 1024
/** Responses leave at multiples of this time after their request, in milliseconds. */
const RESPONSE_INTERVAL_MS = 250

/** Pads a response with spaces, so that its size says nothing about the answer. */
function toPaddedResponse(response: LookupAnswer): HttpResponse {
  const text = JSON.stringify(response)
  const spaces = Math.max(0, RESPONSE_BYTES - Buffer.byteLength(text))
  return ok(text + ' '.repeat(spaces), { 'Content-Type': json })
}

/** Delays a result, or an error, to the next multiple of an interval, so that its time says nothing about the answer. */
async function atFixedTimes<T>(work: () => Promise<T>, intervalMs: number): Promise<T> {
  // The timer starts before the work, so that it does not depend on the work's duration.
  const firstTick = wait(intervalMs)
  let isSettled = false
  const result = work().finally(() => {
    isSettled = true
  })
  // An error is thrown below, at its time.
  result.catch(() => undefined)
  await firstTick
  while (!isSettled) await wait(intervalMs)
  return result
}

/** Samples the rows of requests that anybody can send in any number. */
const withSampling = ({ accesses }: Pick<Ports, 'accesses'>): Pick<AccessStore, 'record'> => ({
  record: access =>
    access.outcome === REFUSED || access.outcome === INVALID
      ? recordRefusal(accesses, access)
      : accesses.record(access),
})

const getLookupSettings = () => {
  const { RECEIPT_KEY: key, REGISTRY_LOOKUP_BUDGET: budget } = getSettings()
  return { key, budget }
}

export const handler = endpoint<'lookup'>({
  lookup: operation(searchRoutes.lookup, ({ body }, { request, services, event }) => {
    const ports = { ...services, accesses: withSampling(services) }
    const address = event.requestContext.identity.sourceIp
    return atFixedTimes(
      async () => toPaddedResponse(await lookup(ports, request, body, address, getLookupSettings())),
      RESPONSE_INTERVAL_MS,
    )
  }),
  verifyLookup: operation(searchRoutes.verifyLookup, async ({ body }, { request, services, event }) => {
    const ports = { ...services, accesses: withSampling(services) }
    const address = event.requestContext.identity.sourceIp
    return ok(await verifyReceipt(ports, request, body, address, getLookupSettings()))
  }),
  verifyCertificate: operation(retentionRoutes.verifyCertificate, ({ body }) =>
    ok(verifyCertificate(getSettings().RECEIPT_KEY, body.certificate)),
  ),
})
