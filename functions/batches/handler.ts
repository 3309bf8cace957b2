import { routes } from '#contract/routes.ts'
import { ingest } from '#domain/batches/ingest.ts'
import { readCsv, readNdjson } from '#domain/batches/rows.ts'
import { NotFound } from '#domain/errors.ts'
import { endpoint } from '../http/endpoint.ts'
import { ok, operation } from '../http/operation.ts'
import { getMediaType } from '../http/request.ts'
import { getFields } from '../runtime/services.ts'

export const handler = endpoint<'batches'>({
  createBatch: operation(routes.createBatch, async ({ query, body, headers }, { request, services, event }) => {
    const fields = await getFields(services)
    const rows = getMediaType(event) === 'text/csv' ? readCsv(body, fields) : readNdjson(body)
    return ok(await ingest(services, request, fields, query.source, rows, headers.idempotencyKey))
  }),
  getBatch: operation(routes.getBatch, async ({ params }, { services }) => {
    const stored = await services.batches.batch(params.id)
    if (stored === null) throw new NotFound('Batch not found')
    return ok(stored.batch)
  }),
})
