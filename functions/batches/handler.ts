import { routes } from '#contract/routes.ts'
import { ingest } from '#domain/batches/ingest.ts'
import { readCsv, readNdjson } from '#domain/batches/rows.ts'
import { NotFound } from '#domain/errors.ts'
import { endpoint, ok, on } from '../endpoint.ts'
import { mediaTypeOf } from '../request.ts'
import { fields } from '../services.ts'

export const handler = endpoint<'batches'>({
  createBatch: on(routes.createBatch, async ({ query, body, headers }, { call, services, event }) => {
    const known = await fields(services)
    const rows = mediaTypeOf(event) === 'text/csv' ? readCsv(body, known) : readNdjson(body)
    return ok(await ingest(services, call, known, query.source, rows, headers.idempotencyKey))
  }),
  getBatch: on(routes.getBatch, async ({ params }, { services }) => {
    const stored = await services.batches.batch(params.id)
    if (stored === null) throw new NotFound('There is no such batch')
    return ok(stored.batch)
  }),
})
