import * as z from 'zod'
import { routes } from '#contract/routes.ts'
import { listConflicts } from '#domain/conflicts/list.ts'
import { settleConflict } from '#domain/conflicts/settle.ts'
import { openCursor, sealCursor } from '#domain/cursor.ts'
import { endpoint, ok, on } from '../endpoint.ts'
import { settings } from '../settings.ts'

const SCOPE = ['conflicts']
const place = z.string()

export const handler = endpoint<'conflicts'>({
  listConflicts: on(routes.listConflicts, async ({ query }, { services }) => {
    const key = settings().CURSOR_KEY
    const after = query.cursor === undefined ? null : openCursor(key, SCOPE, query.cursor, place)
    const { items, next } = await listConflicts(services.records, query.limit, after)
    return ok({ items, next: next && sealCursor(key, SCOPE, next) })
  }),
  settleConflict: on(routes.settleConflict, async ({ params, body }, { call, services }) =>
    ok(await settleConflict(services.records, call, params.id, body)),
  ),
})
