import { batchesRoutes as routes } from '#contract/routes/batches.ts'
import type { Batch } from '#contract/schemas/batch.ts'
import { getBatch, ingest, previewIngest } from '#domain/batches/ingest.ts'
import { readCsv, readNdjson, toBatchIds } from '#domain/batches/rows.ts'
import { InvalidInput } from '#domain/errors.ts'
import { countryFault } from '#domain/fields/definition.ts'
import { type FieldSet, withCountry } from '#domain/fields/definitions.ts'
import { endpoint } from '../http/endpoint.ts'
import { getFieldVisibility } from '../http/field-visibility.ts'
import { type HandlerContext, type HttpResponse, ok, operation } from '../http/operation.ts'
import { getMediaType } from '../http/request.ts'
import { getFields } from '../runtime/services.ts'

/** The batch as the caller may see it. */
async function toBatchResponse(batch: Batch, context: HandlerContext): Promise<HttpResponse> {
  const visibility = await getFieldVisibility(context)
  const results = batch.results.map(result => ({
    ...result,
    likely_duplicates: visibility.duplicates(result.likely_duplicates),
  }))
  return ok({ ...batch, results })
}

/** The fields, with the country that the request states. @throws InvalidInput */
function ofCountry(fields: FieldSet, country: string | undefined): FieldSet {
  if (country === undefined) return fields
  const detail = countryFault(country)
  if (detail !== null) throw new InvalidInput([{ pointer: '?country', detail }])
  return withCountry(fields, country)
}

export const handler = endpoint<'batches'>({
  createBatch: operation(routes.createBatch, async ({ query, body, headers }, context) => {
    const { request, services, event } = context
    const fields = ofCountry(await getFields(services), query.country)
    const rows = getMediaType(event) === 'text/csv' ? readCsv(body, fields) : readNdjson(body, fields)
    const { source, ids = toBatchIds(rows), country } = query
    const batch =
      query.dry_run === 'true'
        ? await previewIngest(services, request, fields, { source, ids, rows })
        : await ingest(services, request, fields, { source, ids, rows, country }, headers.idempotencyKey)
    return toBatchResponse(batch, context)
  }),
  getBatch: operation(routes.getBatch, async ({ params }, context) => {
    const { services } = context
    return toBatchResponse(await getBatch(services, await getFields(services), params.id), context)
  }),
})
