import * as z from 'zod'
import type { Definitions } from '#domain/fields/definitions.ts'
import { type Removals, toRemovals } from '#domain/fields/removal-timeline.ts'
import { FieldVisibility } from '#domain/visibility/field-visibility.ts'
import { getFields, invalidateFields } from '../runtime/services.ts'
import type { HandlerContext } from './operation.ts'

/** Anyone but the provider sees what an agent sees. */
const readerRole = z
  .object({ role: z.enum(['agent', 'provider']) })
  .transform(({ role }) => role)
  .catch('agent')

/** Computed once for each set of field definitions. */
const timelines = new WeakMap<Definitions, Promise<Removals>>()

/** Which custom fields the caller sees. `past` includes other times; `consistent` reads the field definitions again first. */
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
