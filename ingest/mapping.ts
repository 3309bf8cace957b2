import { batchRow } from '#contract/schemas/batch.ts'
import { fieldName } from '#contract/schemas/customer.ts'
import { BadFile } from './failure.ts'

/** Column or member names in the file, each with the registry's name; null to ignore it. */
export type Mapping = ReadonlyMap<string, string | null>

const OWN = 'details.'
export const FIELDS = Object.keys(batchRow.shape).filter(name => name !== 'details')

/** Whether the registry may know the name; it decides which custom fields exist. */
export const isRegistryName = (name: string): boolean =>
  FIELDS.includes(name) || (name.startsWith(OWN) && fieldName.safeParse(name.slice(OWN.length)).success)

/** The names that occur more than once. */
export const findRepeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, n) => names.indexOf(name) !== n)),
]

/**
 * The registry's name of each column; null to ignore it.
 *
 * @param others columns that have another use, so that the mapping need not name them.
 * @throws BadFile with all unknown and repeated columns
 */
export function mapHeader(header: readonly string[], mapping: Mapping, others: ReadonlySet<string>): (string | null)[] {
  const mapped = header.map(name => {
    const mapped = mapping.get(name)
    return mapped === undefined ? (others.has(name) ? null : name) : mapped
  })
  const named = (column: string) => header.filter((_, n) => mapped[n] === column).join(' and ')
  const faults = [
    ...header
      .filter(name => !mapping.has(name) && !isRegistryName(name) && !others.has(name))
      .map(name => `has the column ${name}, which the mapping does not name: map it to a field, or to null`),
    ...[...mapping.keys()]
      .filter(name => !header.includes(name))
      .map(name => `has no column ${name}, as the mapping says`),
    ...findRepeated(mapped.filter(column => column !== null)).map(column => `has ${column} twice, as ${named(column)}`),
  ]
  if (faults.length > 0) throw new BadFile(faults.join('; '))
  return mapped
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A JSON object's text with mapped member names. A member whose new name exists already keeps its old one, and invalid JSON stays as it is,
 * so that the registry rejects the row with a reason.
 */
export function mapObject(text: string, mapping: Mapping): string {
  let value: unknown
  let isWhole = true
  try {
    value = JSON.parse(text, (_, inner: unknown) => {
      // JSON.stringify would write null, which clears the field.
      if (typeof inner === 'number' && !Number.isFinite(inner)) isWhole = false
      return inner
    })
  } catch {
    return text
  }
  if (!isObject(value) || !isWhole) return text
  const unmapped = Object.entries(value).filter(([name]) => !mapping.has(name))
  const members = new Map<string, unknown>(unmapped)
  const existing = members.get('details')
  const details = new Map<string, unknown>(isObject(existing) ? Object.entries(existing) : [])
  const knownCount = details.size
  for (const [name, inner] of Object.entries(value)) {
    const target = mapping.get(name)
    if (target === undefined || target === null) continue
    const isCustom = target.startsWith(OWN)
    const [into, as] = isCustom ? [details, target.slice(OWN.length)] : [members, target]
    if (into.has(as)) members.set(name, inner)
    else into.set(as, inner)
  }
  if (details.size > knownCount) members.set('details', Object.fromEntries(details))
  return JSON.stringify(Object.fromEntries(members))
}
