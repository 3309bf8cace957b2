import * as z from 'zod'
import type { Definitions } from '#domain/fields/definitions.ts'
import { type Removals, removalsOf } from '#domain/fields/removals.ts'
import { Sight } from '#domain/fields/sight.ts'
import type { Surroundings } from './endpoint.ts'
import { fields, forgetFields } from './services.ts'

/** Who is not known to be the provider sees as an agent does. */
const reader = z
  .object({ role: z.enum(['agent', 'provider']) })
  .transform(({ role }) => role)
  .catch('agent')

/** Read once for each reading of the fields. */
const removals = new WeakMap<Definitions, Promise<Removals>>()

/** What the caller sees of customers' own fields. `past`: at other times too. `consistent`: by the fields as they are at this moment. */
export async function sight(
  { event, services }: Surroundings,
  { past = false, consistent = false } = {},
): Promise<Sight> {
  if (consistent) forgetFields()
  const known = await fields(services)
  const role = reader.parse(event.requestContext.authorizer)
  if (!past || known.onceRemoved.length === 0) return new Sight(role, known)
  const read = removals.get(known) ?? removalsOf(services.records, known.onceRemoved)
  removals.set(known, read)
  return new Sight(role, known, await read)
}
