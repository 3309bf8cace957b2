import type { ListedField } from '#contract/schemas/field.ts'
import { authorisedFields } from './authorised-fields.ts'
import type { Client } from './client.ts'

/** A field's value, as the API has it. */
function toValue(text: string, type: ListedField['type'] | undefined): string | number | boolean {
  const value = type === 'number' ? Number(text) : Number.NaN
  if (!Number.isNaN(value)) return value
  return type === 'boolean' && /^(?:true|false)$/.test(text) ? text === 'true' : text
}

/** The values of `--detail` options, converted to the types of their fields. */
export async function toDetails(
  client: Client,
  detail: readonly (readonly [string, string])[],
): Promise<Record<string, string | number | boolean>> {
  if (detail.length === 0) return {}
  const types = new Map((await authorisedFields(client)).map(({ name, type }) => [name, type]))
  return Object.fromEntries(detail.map(([name, text]) => [name, toValue(text, types.get(name))]))
}
