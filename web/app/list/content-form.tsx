import { type FormEvent, useState } from 'react'
import type { Definitions } from '../edit/definitions.ts'
import { ChoiceField, CustomField, TextField } from '../edit/inputs.tsx'
import { useTexts } from '../translator.ts'
import { type ContentFilter, contentFilter, isFiltering, NO_CONTENT } from './content-filter.ts'

interface Props {
  content: ContentFilter
  fields: Definitions['fields']
}

/** Filters the list by words and by a custom field. Nothing of it gets into an address. */
export function ContentForm({ content, fields }: Props) {
  const { t } = useTexts()
  const [draft, setDraft] = useState(content)
  const searchable = fields.filter(it => it.searchable)
  const chosen = searchable.find(({ name }) => name === draft.field)
  const inputOf = (name: keyof ContentFilter) => ({
    value: draft[name],
    fault: undefined,
    onChange: (text: string) => setDraft({ ...draft, ...(name === 'field' ? { value: '' } : {}), [name]: text }),
  })
  const apply = (filter: ContentFilter) => {
    setDraft(filter)
    contentFilter.set(filter)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    apply({ q: draft.q.trim(), field: draft.field, value: draft.value.trim() })
  }
  return (
    <form className="stack" noValidate onSubmit={submit} aria-label={t('list.content')}>
      <div className="edit-fields narrow-fields">
        <TextField label={t('list.words')} maxLength={200} {...inputOf('q')} />
        {searchable.length > 0 && (
          <ChoiceField
            label={t('list.field')}
            options={[['', t('list.any')], ...searchable.map(({ name, label }) => [name, label] as const)]}
            {...inputOf('field')}
          />
        )}
        {chosen && <CustomField field={chosen} label={chosen.label} {...inputOf('value')} />}
        <div className="row switch">
          <button className="button" type="submit">
            {t('list.filter')}
          </button>
          {isFiltering(content) && (
            <button className="button" type="button" onClick={() => apply(NO_CONTENT)}>
              {t('list.clear')}
            </button>
          )}
        </div>
      </div>
    </form>
  )
}
