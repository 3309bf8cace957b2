import * as z from 'zod'
import type { Definitions } from '#domain/fields/definitions.ts'
import { type Removals, toRemovals } from '#domain/fields/removal-timeline.ts'
import { FieldVisibility } from '#domain/visibility/field-visibility.ts'
import { getFields, invalidateFields } from '../runtime/services.ts'
import type { HandlerContext } from './endpoint.ts'

/** Who is not known to be the provider sees as an agent does. */
const readerRole = z
  .object({ role: z.enum(['agent', 'provider']) })
  .transform(({ role }) => role)
  .catch('agent')

/** Read once for each reading of the fields. */
const timelines = new WeakMap<Definitions, Promise<Removals>>()

/** What the caller sees of customers' own fields. `past`: at other times too. `consistent`: by the fields as they are at this moment. */
export async function getFieldVisibility(
  { event, services }: HandlerContext,
  { past = false, consistent = false } = {},
): Promise<FieldVisibility> {
  if (consistent) invalidateFields()
  const fields = await getFields(services)
  const role = readerRole.parse(event.requestContext.authorizer)
  if (!past || fields.onceRemoved.length === 0) return new FieldVisibility(role, fields)
  const timeline = timelines.get(fields) ?? toRemovals(services.records, fields.onceRemoved)
  timelines.set(fields, timeline)
  return new FieldVisibility(role, fields, await timeline)
}
