/** The types of custom fields by name. */
export type FieldTypes = ReadonlyMap<string, string>

export const toFieldTypes = ({ fields }: { fields: readonly { name: string; type: string }[] }): FieldTypes =>
  new Map(fields.map(({ name, type }) => [name, type]))

/** The value of a custom field, by its type. What is no number stays as it is, for the reason to be said. */
export function toDetail(text: string, type: string | undefined): string | number | boolean {
  if (type === 'boolean') return text === 'true'
  return type === 'number' && Number.isFinite(Number(text)) ? Number(text) : text
}
