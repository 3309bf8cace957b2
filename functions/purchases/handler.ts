import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { buyBody } from '#contract/schemas/purchase.ts'
import { buy, purchaseFaults } from '#domain/purchases/buy.ts'
import { listById, listByTime } from '#domain/purchases/list-purchases.ts'
import { createCursors } from '../http/cursors.ts'
import { assertDateRange } from '../http/date-range.ts'
import { endpoint } from '../http/endpoint.ts'
import { type HandlerContext, ok, operation } from '../http/operation.ts'
import { getHeader } from '../http/request.ts'
import { getSettings } from '../runtime/settings.ts'

const positionSchema = z.string()

const timestampSchema = buyBody.pick({ timestamp: true })

/** Faults of a purchase's meaning, where its form has some too. */
async function purchaseErrors(body: unknown, { request, event }: HandlerContext) {
  const { data } = timestampSchema.safeParse(body)
  return data ? purchaseFaults(data, getHeader(event, 'Idempotency-Key'), request.now) : []
}

export const handler = endpoint<'purchases'>({
  buy: operation(
    routes.buy,
    async ({ body, headers }, { request, services }) => ({
      status: 201,
      body: await buy(services.purchases, request, body, headers.idempotencyKey, getSettings().REGISTRY_CURRENCY),
    }),
    purchaseErrors,
  ),
  listUserBuys: operation(routes.listUserBuys, async ({ params, query }, { services }) => {
    const cursors = createCursors(['buys', params.user], positionSchema)
    const { purchases, next } = await listById(services, params.user, cursors.open(query.cursor), query.limit)
    return ok({ items: purchases, next: cursors.seal(next) })
  }),
  listPurchases: operation(routes.listPurchases, async ({ query }, { services }) => {
    const { cursor, limit, user, ...span } = query
    assertDateRange(span)
    const cursors = createCursors(['purchases', user, span], positionSchema)
    const { purchases, totals, next } = await listByTime(services, user, span, cursors.open(cursor), limit)
    return ok({ items: purchases, totals, next: cursors.seal(next) })
  }),
})
