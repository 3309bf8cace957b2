import { routes } from '#contract/routes.ts'
import { fieldList, type ListedField } from '#contract/schemas/field.ts'
import type { Client } from './client.ts'

const PAGE = 100

/** The authorised custom fields. */
export async function authorisedFields(client: Client): Promise<ListedField[]> {
  const fields: ListedField[] = []
  const query = { state: 'authorised', limit: PAGE }
  for await (const page of client.answers(routes.listFields, fieldList, { query })) fields.push(...page.items)
  return fields
}
