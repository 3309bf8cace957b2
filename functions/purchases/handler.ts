import * as z from 'zod'
import { purchasesRoutes as routes } from '#contract/routes/purchases.ts'
import { buyBody, total } from '#contract/schemas/purchase.ts'
import { buy, purchaseFaults } from '#domain/purchases/buy.ts'
import { listBuys, listByTime } from '#domain/purchases/list-purchases.ts'
import { createCursors } from '../http/cursors.ts'
import { assertDateRange } from '../http/date-range.ts'
import { endpoint } from '../http/endpoint.ts'
import { getHeader } from '../http/get-header.ts'
import { type HandlerContext, ok, operation } from '../http/operation.ts'
import { getSettings } from '../runtime/settings.ts'

const buyPosition = z.object({ named: z.string().nullable(), id: z.string().nullable() })
/** With the totals of the interval, so that only the first page reads all of it. */
const timePosition = z.object({ after: z.string(), totals: z.array(total).optional() })
/** Totals in a cursor: an address has room for some. */
const MAX_CURSOR_TOTALS = 20

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
    const cursors = createCursors(['buys', params.user], buyPosition)
    const { purchases, next } = await listBuys(services, params.user, cursors.open(query.cursor), query.limit)
    return ok({ items: purchases, next: cursors.seal(next) })
  }),
  listPurchases: operation(routes.listPurchases, async ({ query }, { services }) => {
    const { cursor, limit, user, ...span } = query
    assertDateRange(span)
    const cursors = createCursors(['purchases', user, span], timePosition)
    const position = cursors.open(cursor)
    const after = position?.after ?? null
    const { purchases, next, ...totals } = await listByTime(services, user, span, after, limit, position?.totals)
    const hasInterval = span.from !== undefined || span.to !== undefined
    const carried = hasInterval && totals.totals.length <= MAX_CURSOR_TOTALS ? { totals: totals.totals } : {}
    return ok({ items: purchases, ...totals, next: cursors.seal(next === null ? null : { after: next, ...carried }) })
  }),
})
