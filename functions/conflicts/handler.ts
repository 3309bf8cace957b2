import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { listConflicts } from '#domain/conflicts/list.ts'
import { settleConflict } from '#domain/conflicts/settle.ts'
import { cursorsOf } from '../cursors.ts'
import { endpoint, ok, on } from '../endpoint.ts'

const place = z.string()

export const handler = endpoint<'conflicts'>({
  listConflicts: on(routes.listConflicts, async ({ query }, { services }) => {
    const cursors = cursorsOf(['conflicts'], place)
    const { items, next } = await listConflicts(services.records, query.limit, cursors.open(query.cursor))
    return ok({ items, next: cursors.seal(next) })
  }),
  settleConflict: on(routes.settleConflict, async ({ params, body }, { call, services }) =>
    ok(await settleConflict(services.records, call, params.id, body)),
  ),
})
