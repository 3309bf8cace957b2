import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import type { Duplicates } from '#contract/schemas/duplicates.ts'
import { rowOf } from '#domain/customers/read.ts'
import { currentView } from '#domain/customers/view.ts'
import { decide } from '#domain/duplicates/decide.ts'
import { likelyDuplicates } from '#domain/duplicates/likely.ts'
import { reviewQueue } from '#domain/duplicates/queue.ts'
import { split } from '#domain/duplicates/split.ts'
import { cursorsOf } from '../cursors.ts'
import { endpoint, ok, on } from '../endpoint.ts'
import { fields } from '../services.ts'
import { sight } from '../sight.ts'

const place = z.string()

export const handler = endpoint<'duplicates'>({
  customerDuplicates: on(routes.customerDuplicates, async ({ params, query }, surroundings) => {
    const { services } = surroundings
    const row = await rowOf(services.records, params.id, false)
    const [found = []] = await likelyDuplicates(services, await fields(services), [row], 'wide')
    const see = await sight(surroundings)
    const answer: Duplicates = {
      items: found
        .slice(0, query.limit)
        .map(({ row, match }) => ({ customer: see.listed(currentView(row)), ...match })),
    }
    return ok(answer)
  }),
  splitCustomer: on(routes.splitCustomer, async ({ params }, surroundings) => {
    const { call, services } = surroundings
    await split(services.records, call, params.id)
    const row = await rowOf(services.records, params.id, true)
    return ok((await sight(surroundings)).one(currentView(row)))
  }),
  listDuplicates: on(routes.listDuplicates, async ({ query }, surroundings) => {
    const { services } = surroundings
    const cursors = cursorsOf(['duplicates'], place)
    const from = cursors.open(query.cursor)
    const { items, next } = await reviewQueue(services, await fields(services), query.limit, from)
    const see = await sight(surroundings)
    const seen = items.map(({ customers: [a, b], ...match }) => ({
      customers: [see.listed(a), see.listed(b)],
      ...match,
    }))
    return ok({ items: seen, next: cursors.seal(next) })
  }),
  decideDuplicate: on(routes.decideDuplicate, async ({ body }, surroundings) => {
    const { customers, ...decided } = await decide(surroundings.services, surroundings.call, body)
    const see = await sight(surroundings)
    return ok({ ...decided, customers: customers.map(customer => see.listed(customer)) })
  }),
})
