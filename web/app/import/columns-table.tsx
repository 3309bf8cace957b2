import { fieldLabel } from '../customer/field-label.ts'
import type { Definitions } from '../edit/definitions.ts'
import { useTexts } from '../translator.ts'
import type { ColumnChoices } from './import-state.ts'
import type { Table } from './read-file.ts'

/** What a column can be taken for, besides custom fields and whole names. The parts of names are joined in the order of their words. */
const FIELDS = [
  'surname',
  '+surname',
  'surname+',
  'given_name',
  'given_name+',
  'dob',
  'document_number',
  'type',
  'valid_from',
  'action',
] as const
const LEFT_OUT = ''
const WHOLE_NAME = 'name'

interface Props {
  table: Table
  fields: Definitions['fields']
  onChange: (columns: ColumnChoices) => void
}

/** What the columns of a table are taken for, beside their first values. Every one can be corrected. */
export function ColumnsTable({ table: { header, sample, columns, faults, openDates }, fields, onChange }: Props) {
  const { t } = useTexts()
  const { targets, ids, name } = columns
  const options: [value: string, label: string][] = [
    [WHOLE_NAME, t('import.wholeName')],
    ...FIELDS.map((field): [string, string] => [field, t(`column.${field}`)]),
    ...fields.map((field): [string, string] => [`details.${field.name}`, field.label]),
  ]
  const choose = (n: number, value: string) =>
    onChange({
      ids,
      name: value === WHOLE_NAME ? n : name === n ? null : name,
      targets: targets.map((target, at) =>
        at === n ? (value === LEFT_OUT || value === WHOLE_NAME ? null : value) : (target ?? null),
      ),
    })
  const toggleKey = (n: number) =>
    onChange({ ...columns, ids: ids.includes(n) ? ids.filter(it => it !== n) : [...ids, n].sort((a, b) => a - b) })
  return (
    <>
      <h2>{t('import.columns')}</h2>
      {faults.lacksKey && (
        <p className="notice warn" role="alert">
          {t('import.lacksKey')}
        </p>
      )}
      {faults.lacksIdentity && (
        <p className="notice warn" role="alert">
          {t('import.lacksIdentity')}
        </p>
      )}
      {faults.repeated.map(field => (
        <p key={field} className="notice warn" role="alert">
          {t('import.repeated', { field: options.find(([value]) => value === field)?.[1] ?? fieldLabel(t, field) })}
        </p>
      ))}
      {openDates.map(column => (
        <p key={column} className="notice warn" role="alert">
          {t('import.datesOpen', { column })}
        </p>
      ))}
      <table className="versions">
        <thead>
          <tr>
            <th scope="col">{t('import.column')}</th>
            <th scope="col">{t('import.values')}</th>
            <th scope="col">{t('import.takenFor')}</th>
            <th scope="col">{t('import.key')}</th>
          </tr>
        </thead>
        <tbody>
          {header.map((column, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns may have the same name
            <tr key={n}>
              <th scope="row">
                <bdi>{column || '—'}</bdi>
              </th>
              <td className="quiet" data-label={t('import.values')}>
                <bdi>
                  {sample
                    .map(cells => cells[n]?.trim())
                    .filter(Boolean)
                    .join(' · ') || '—'}
                </bdi>
              </td>
              <td data-label={t('import.takenFor')}>
                <select
                  className="input"
                  aria-label={t('import.takenForOf', { column })}
                  value={n === name ? WHOLE_NAME : (targets[n] ?? LEFT_OUT)}
                  onChange={event => choose(n, event.target.value)}
                >
                  <option value={LEFT_OUT}>{t(ids.includes(n) ? 'import.onlyKey' : 'import.leftOut')}</option>
                  {options.map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </td>
              <td data-label={t('import.key')}>
                <input
                  className="key-part"
                  type="checkbox"
                  aria-label={t('import.keyOf', { column })}
                  checked={ids.includes(n)}
                  onChange={() => toggleKey(n)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">{t('import.keyHint')}</p>
    </>
  )
}
