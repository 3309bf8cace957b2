import type { Field } from '#contract/schemas/field.ts'
import { isWholeName } from './column-names.ts'
import { type Draft, toCustomField } from './columns.ts'
import type { TableSurvey } from './survey-table.ts'

/**
 * What every column of a table is taken for, to be shown and corrected: unknown columns are left out, whole names are split, and the likeliest
 * columns are the key.
 *
 * @param fields the authorised custom fields.
 */
export function proposeColumns(
  { draft, filled, key }: Pick<TableSurvey, 'draft' | 'filled' | 'key'>,
  fields: readonly Pick<Field, 'name' | 'label'>[],
): Draft {
  const targets = [...draft.targets]
  for (const [n, column] of draft.header.entries()) {
    if (targets[n] !== undefined) continue
    const field = filled.has(n) ? toCustomField(column, fields) : null
    targets[n] = field === null || targets.includes(field) ? null : field
  }
  const hasNames = targets.includes('surname') || targets.includes('given_name')
  const whole = draft.header.findIndex((column, n) => targets[n] === null && filled.has(n) && isWholeName(column))
  const id = targets.indexOf('id')
  if (id >= 0) targets[id] = null
  return {
    ...draft,
    targets,
    name: draft.name ?? (hasNames || whole < 0 || draft.isExport ? null : whole),
    ids: id >= 0 ? [id] : (key ?? []),
  }
}
