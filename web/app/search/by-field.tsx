import '../edit/edit.css'
import { useState, useSyncExternalStore } from 'react'
import { fieldLabel } from '../customer/field-label.ts'
import { useDefinitions } from '../edit/definitions.ts'
import { toFieldTypes } from '../edit/details.ts'
import { ChoiceField, CustomField, TextField } from '../edit/inputs.tsx'
import { STATES } from '../list/list-search.ts'
import { useTexts } from '../translator.ts'
import { toCriteria } from './criteria.ts'
import { fieldSearch } from './search-text.ts'

const TOLERANCES = [1, 2, 5, 10]

/** What is known of somebody, field by field. */
export function ByField() {
  const { t } = useTexts()
  const { draft } = useSyncExternalStore(fieldSearch.subscribe, fieldSearch.get)
  const { data: definitions } = useDefinitions()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const types = toFieldTypes(definitions ?? { fields: [] })
  const { faults } = toCriteria(draft, types)
  const change = (changed: typeof draft) =>
    fieldSearch.set({ isOpen: true, draft: changed, criteria: toCriteria(changed, types).criteria })
  const inputOf = (field: string) => ({
    value: draft[field] ?? '',
    fault: left.has(field) ? faults[field] : undefined,
    onChange: (value: string) => change({ ...draft, [field]: value }),
    onBlur: () => setLeft(new Set([...left, field])),
  })
  return (
    <>
      <div className="edit-fields">
        <TextField label={fieldLabel(t, 'surname')} {...inputOf('surname')} />
        <TextField label={fieldLabel(t, 'given_name')} {...inputOf('given_name')} />
        <TextField label={fieldLabel(t, 'dob')} hint={t('edit.dobHint')} {...inputOf('dob')} />
        <ChoiceField
          label={t('byField.tolerance')}
          options={[['', t('byField.exactDate')], ...TOLERANCES.map(it => [String(it), String(it)] as const)]}
          {...inputOf('dob_tolerance_years')}
        />
        <TextField label={fieldLabel(t, 'document_number')} {...inputOf('document_number')} />
        {definitions?.fields
          .filter(({ searchable }) => searchable)
          .map(field => (
            <CustomField key={field.name} field={field} label={field.label} {...inputOf(`details.${field.name}`)} />
          ))}
        <ChoiceField
          label={fieldLabel(t, 'type')}
          options={[
            ['', t('list.any')],
            ...(definitions?.types ?? []).map(({ name, label }) => [name, label] as const),
          ]}
          {...inputOf('type')}
        />
        <ChoiceField
          label={fieldLabel(t, 'state')}
          options={STATES.map(
            it => [it === 'active' ? '' : it, it === 'all' ? t('list.any') : t(`state.${it}`)] as const,
          )}
          {...inputOf('state')}
        />
        <ChoiceField
          label={t('byField.mode')}
          options={[
            ['', t('byField.fuzzy')],
            ['exact', t('byField.exact')],
          ]}
          {...inputOf('mode')}
        />
      </div>
      <div>
        <button className="button" type="button" onClick={() => change({})}>
          {t('byField.clear')}
        </button>
      </div>
    </>
  )
}
