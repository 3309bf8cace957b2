import { isExported, isOwned } from '#contract/exported.ts'
import { fieldName, IDENTIFYING } from '#contract/schemas/customer.ts'
import type { Field } from '#contract/schemas/field.ts'
import { foldColumnName, isWholeName, toCustom, toStandard } from './column-names.ts'
import { BadFile } from './failure.ts'
import { isRegistryName, type Mapping, mapHeader } from './mapping.ts'

/** How many columns an error lists. */
const MAX_LISTED = 12

/** How the columns of a file are to be understood. */
export interface ColumnOptions {
  mapping: Mapping | null
  /** The column with the whole name. */
  nameColumn: string | null
  /** The columns whose values together are a row's key. */
  idColumns: readonly string[]
  /** Whether unknown columns are left out. */
  ignoreUnknown: boolean
}

/** A field of the registry and the columns that its value is made of. */
export interface FieldColumn {
  field: string
  columns: readonly number[]
}

export interface Columns {
  header: readonly string[]
  fields: readonly FieldColumn[]
  /** The column with the whole name. */
  name: number | null
  /** The column with the state, if the file is an export of the registry: its ids are the registry's. */
  state: number | null
}

/** What columns mean before unknown ones are looked up: a field, null to leave the column out, or undefined. */
export interface Draft {
  header: readonly string[]
  targets: readonly (string | null | undefined)[]
  name: number | null
  ids: readonly number[]
  isExport: boolean
}

/** The position of a named column. @throws BadFile */
function find(header: readonly string[], name: string, option: string): number {
  const exact = header.indexOf(name)
  const at = exact >= 0 ? exact : header.findIndex(column => foldColumnName(column) === foldColumnName(name))
  if (at < 0) throw new BadFile(`has no column ${name}, as ${option} says; its columns are ${header.join(', ')}`)
  return at
}

/** The meaning of columns by exact and by usual names. Of several columns with one meaning, the one with precedence has it. */
function recognise(header: readonly string[]): (string | null | undefined)[] {
  const isExport = isExported(header)
  const targets = header.map(name => {
    if (isExport && isOwned(name)) return null
    return isRegistryName(name) ? name : undefined
  })
  const usual = header.map((name, n) => (targets[n] === undefined ? toStandard(name) : null))
  for (const field of new Set(usual.flatMap(column => (column === null ? [] : [column.target])))) {
    if (targets.includes(field)) continue
    const ranks = usual.map(column => (column?.target === field ? column.rank : Number.POSITIVE_INFINITY))
    targets[ranks.indexOf(Math.min(...ranks))] = field
  }
  // "Name" beside a column of given names is the surname.
  if (!targets.includes('surname') && targets.includes('given_name')) {
    const name = header.findIndex((column, n) => targets[n] === undefined && isWholeName(column))
    if (name >= 0) targets[name] = 'surname'
  }
  return targets
}

/** How many columns of a row have names with a meaning. */
export const countRecognised = (cells: readonly string[]): number =>
  recognise(cells.map(cell => cell.trim())).filter(target => typeof target === 'string').length

/** The meaning of the columns, without asking the registry. @throws BadFile with all errors */
export function draftColumns(cells: readonly string[], options: ColumnOptions): Draft {
  const header = cells.map(cell => cell.trim())
  const { mapping, nameColumn, idColumns } = options
  const name = nameColumn === null ? null : find(header, nameColumn, '--name-column')
  const ids = idColumns.map(column => find(header, column, '--id-column'))
  const targets = mapping
    ? mapHeader(header, mapping, new Set([...ids, ...(name === null ? [] : [name])].map(n => header[n] ?? '')))
    : recognise(header)
  const remaining = targets.map((target, n) => {
    const isReplaced = name !== null && (target === 'surname' || target === 'given_name' || n === name)
    return isReplaced || (ids.length > 0 && target === 'id') ? null : target
  })
  return { header, targets: remaining, name, ids, isExport: mapping === null && isExported(header) }
}

/** Finds the authorised custom field of an unknown column by the field's name or label, or by a usual name. */
export function toCustomField(column: string, fields: readonly Pick<Field, 'name' | 'label'>[]): string | null {
  const folded = foldColumnName(column)
  const field =
    fields.find(({ name, label }) => [name, label].some(text => foldColumnName(text) === folded)) ??
    fields.find(({ name }) => name === toCustom(column))
  return field ? `details.${field.name}` : null
}

/** @param taken the fields that other columns have. */
function unknownColumns(names: readonly string[], taken: readonly string[]): string {
  const columns = names.map(name => {
    const usual = toCustom(name) ?? (fieldName.safeParse(name).success ? name : null)
    const isFree = usual !== null && !taken.includes(`details.${usual}`)
    return isFree ? `${name} (details.${usual}, if that field is authorised)` : name
  })
  return `has columns that are not fields: ${columns.join(', ')}: name their fields with --mapping, or leave them out with --ignore-unknown`
}

/** The parts of a field in the order of its words. */
const partsOf = (field: string): readonly string[] => [`+${field}`, field, `${field}+`]

/** The first names of a long list. */
const listed = (names: readonly string[]): string =>
  names.length <= MAX_LISTED
    ? names.join(', ')
    : `${names.slice(0, MAX_LISTED).join(', ')} and ${names.length - MAX_LISTED} more`

/** An argument as shells take it. */
const quote = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** What a table needs before its rows can be sent. */
export interface ColumnFaults {
  /** The fields that several columns have. */
  repeated: readonly string[]
  /** Whether no column tells the rows apart. */
  lacksKey: boolean
  /** Whether no column has names or document numbers. */
  lacksIdentity: boolean
}

export function findColumnFaults({ targets, ids, name }: Pick<Draft, 'targets' | 'ids' | 'name'>): ColumnFaults {
  const whole = name === null ? [] : ['surname', 'given_name']
  const fields = [...targets.filter(target => typeof target === 'string'), ...whole]
  return {
    repeated: [...new Set(fields.filter((field, n) => fields.indexOf(field) !== n))],
    lacksKey: !fields.includes('id') && ids.length === 0,
    lacksIdentity: !IDENTIFYING.some(field => fields.includes(field)),
  }
}

/**
 * The fields and their columns.
 *
 * @param key the columns to propose as keys.
 * @param hasContent which columns have a value in some row; the others are left out if they are unknown.
 * @param custom the authorised custom fields.
 * @throws BadFile with all errors
 */
export function toColumns(
  draft: Draft,
  hasContent: (column: number) => boolean,
  custom: readonly Field[],
  ignoreUnknown: boolean,
  key: readonly number[] | null = null,
): Columns {
  const { header, name, ids, isExport } = draft
  const targets = [...draft.targets]
  for (const [n, column] of header.entries()) {
    if (targets[n] !== undefined || !hasContent(n)) continue
    const field = toCustomField(column, custom)
    if (field !== null && !targets.includes(field)) targets[n] = field
  }
  const isLeftOut = (n: number) => ids.includes(n) || !hasContent(n) || ignoreUnknown
  const unknown = header.filter((column, n) => targets[n] === undefined && !isLeftOut(n) && !isWholeName(column))
  const names = targets.filter(target => typeof target === 'string')
  const faults: string[] = []
  /** What to add to the command, if that is known of each fault. */
  const options: (string | null)[] = []
  const { repeated, lacksKey, lacksIdentity } = findColumnFaults({ targets, ids, name })
  for (const field of repeated) faults.push(`has the column ${field} twice`)
  if (faults.length > 0) options.push(null)
  if (unknown.length > 0) {
    faults.push(unknownColumns(unknown, names))
    options.push('--ignore-unknown')
  }
  if (lacksKey) {
    faults.push(
      `has no column id, or of that meaning, among ${listed(header.filter((_, n) => hasContent(n)))}: name the columns that tell rows apart with --id-column`,
    )
    options.push(key && `--id-column ${quote(key.map(n => header[n]).join(','))}`)
  }
  const whole = header.find((column, n) => draft.targets[n] === undefined && isWholeName(column))
  if (name === null && whole !== undefined && !names.includes('surname') && !names.includes('given_name')) {
    faults.push(`has whole names: split them with --name-column '${whole}'`)
    options.push(`--name-column ${quote(whole)}`)
  }
  if (whole === undefined && lacksIdentity) {
    faults.push('has no column of names or document numbers: name it with --name-column or --mapping')
    options.push(null)
  }
  if (faults.length > 0) {
    const command = options.includes(null) ? '' : `. This should do: add ${options.join(' ')}`
    throw new BadFile(faults.join('; ') + command)
  }
  const fields = [...new Set(names.map(target => target.replaceAll('+', '')))].map(field => ({
    field,
    columns: partsOf(field).flatMap(part => (targets.includes(part) ? [targets.indexOf(part)] : [])),
  }))
  const keyed = ids.length > 0 ? [{ field: 'id', columns: ids }, ...fields] : fields
  return { header, fields: keyed, name, state: isExport ? header.indexOf('state') : null }
}
