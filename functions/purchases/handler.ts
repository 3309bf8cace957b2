import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { buyBody } from '#contract/schemas/purchase.ts'
import { buy, purchaseFaults } from '#domain/purchases/buy.ts'
import { cursorsOf } from '../cursors.ts'
import { endpoint, ok, on, type Surroundings } from '../endpoint.ts'
import { checkInterval } from '../interval.ts'
import { header } from '../request.ts'
import { settings } from '../settings.ts'

const place = z.string()

const dated = buyBody.pick({ timestamp: true })

/** Faults of a purchase's meaning, where its form has some too. */
async function meaning(body: unknown, { call, event }: Surroundings) {
  const { data } = dated.safeParse(body)
  return data ? purchaseFaults(data, header(event, 'Idempotency-Key'), call.now) : []
}

export const handler = endpoint<'purchases'>({
  buy: on(
    routes.buy,
    async ({ body, headers }, { call, services }) => ({
      status: 201,
      body: await buy(services.purchases, call, body, headers.idempotencyKey, settings().REGISTRY_CURRENCY),
    }),
    meaning,
  ),
  listUserBuys: on(routes.listUserBuys, async ({ params, query }, { services }) => {
    const cursors = cursorsOf(['buys', params.user], place)
    const { purchases, next } = await services.purchases.ofUser(params.user, cursors.open(query.cursor), query.limit)
    return ok({ items: purchases.map(({ claim: _, ...purchase }) => purchase), next: cursors.seal(next) })
  }),
  listPurchases: on(routes.listPurchases, async ({ query }, { services }) => {
    const { cursor, limit, user, ...span } = query
    checkInterval(span)
    const cursors = cursorsOf(['purchases', user, span], place)
    const [{ purchases, next }, totals] = await Promise.all([
      services.purchases.byTime(user, span, cursors.open(cursor), limit),
      services.purchases.totals(user, false),
    ])
    return ok({ items: purchases, totals, next: cursors.seal(next) })
  }),
})
