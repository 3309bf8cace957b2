import { createRequestContext } from '#adapters/clock.ts'
import { ingest } from '#domain/batches/ingest.ts'
import { addField, authorisedFields } from '#domain/fields/fields.ts'
import { digest } from '#domain/records/digest.ts'
import { createServices } from '#functions/runtime/services.ts'
import { getSettings } from '#functions/runtime/settings.ts'
import { sampleFields } from './fields.ts'
import { samplePeople } from './people.ts'

/** Adds the sample to the list, by the same rules as every batch. Idempotent. */
export async function loadSample(): Promise<void> {
  const services = createServices()
  const context = createRequestContext({
    location: getSettings().REGISTRY_LOCATION,
    actor: 'provider',
    request_id: 'sample',
  })
  for (const field of sampleFields) await addField(services.records, context, field)
  const rows = samplePeople.map(row => ({ row }))
  const fields = await authorisedFields(services.lists)
  await ingest(services, context, fields, { source: 'sample', ids: 'source', rows }, `sample-${digest(rows)}`)
}
