import * as z from 'zod'
import { conflictsRoutes as routes } from '#contract/routes/conflicts.ts'
import { listConflicts } from '#domain/conflicts/list.ts'
import { resolveConflict } from '#domain/conflicts/resolve-conflict.ts'
import { createCursors } from '../http/cursors.ts'
import { endpoint } from '../http/endpoint.ts'
import { ok, operation } from '../http/operation.ts'

const positionSchema = z.string()

export const handler = endpoint<'conflicts'>({
  listConflicts: operation(routes.listConflicts, async ({ query }, { services }) => {
    const cursors = createCursors(['conflicts'], positionSchema)
    const { items, next } = await listConflicts(services.records, query.limit, cursors.open(query.cursor))
    return ok({ items, next: cursors.seal(next) })
  }),
  settleConflict: operation(routes.settleConflict, async ({ params, body }, { request, services }) =>
    ok(await resolveConflict(services.records, request, params.id, body)),
  ),
})
