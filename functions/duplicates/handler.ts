import * as z from 'zod'
import { duplicatesRoutes as routes } from '#contract/routes/duplicates.ts'
import type { Duplicates } from '#contract/schemas/duplicates.ts'
import { toRow } from '#domain/customers/read.ts'
import { currentView } from '#domain/customers/view.ts'
import { likelyDuplicates } from '#domain/duplicates/candidates.ts'
import { decide } from '#domain/duplicates/decide.ts'
import { reviewQueue } from '#domain/duplicates/queue.ts'
import { split } from '#domain/duplicates/split.ts'
import { createCursors } from '../http/cursors.ts'
import { noteShown } from '../http/disclosure.ts'
import { endpoint } from '../http/endpoint.ts'
import { getFieldVisibility } from '../http/field-visibility.ts'
import { ok, operation } from '../http/operation.ts'
import { getFields } from '../runtime/services.ts'

const positionSchema = z.string()

export const handler = endpoint<'duplicates'>({
  customerDuplicates: operation(routes.customerDuplicates, async ({ params, query }, context) => {
    const { services } = context
    const row = await toRow(services.records, params.id, false)
    const [candidates = []] = await likelyDuplicates(services, await getFields(services), [row], 'high')
    const visibility = await getFieldVisibility(context)
    const response: Duplicates = {
      items: candidates
        .slice(0, query.limit)
        .map(({ row, match }) => ({ customer: visibility.listed(currentView(row)), ...match })),
    }
    noteShown(
      context,
      response.items.map(({ customer }) => customer.id),
    )
    return ok(response)
  }),
  splitCustomer: operation(routes.splitCustomer, async ({ params }, context) => {
    const { request, services } = context
    await split(services.records, request, params.id)
    const row = await toRow(services.records, params.id, true)
    return ok((await getFieldVisibility(context)).one(currentView(row)))
  }),
  listDuplicates: operation(routes.listDuplicates, async ({ query }, context) => {
    const { services } = context
    const cursors = createCursors(['duplicates'], positionSchema)
    const position = cursors.open(query.cursor)
    const { items, next } = await reviewQueue(services, await getFields(services), query.limit, position)
    noteShown(
      context,
      items.flatMap(({ customers }) => customers.map(({ id }) => id)),
    )
    const visibility = await getFieldVisibility(context)
    const visibleItems = items.map(({ customers: [a, b], ...match }) => ({
      customers: [visibility.listed(a), visibility.listed(b)],
      ...match,
    }))
    return ok({ items: visibleItems, next: cursors.seal(next) })
  }),
  decideDuplicate: operation(routes.decideDuplicate, async ({ body }, context) => {
    const { customers, ...decision } = await decide(context.services, context.request, body)
    if (decision.dry_run)
      noteShown(
        context,
        customers.map(({ id }) => id),
      )
    const visibility = await getFieldVisibility(context)
    return ok({ ...decision, customers: customers.map(customer => visibility.listed(customer)) })
  }),
})
