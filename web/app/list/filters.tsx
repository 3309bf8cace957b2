import type { ComponentProps } from 'react'
import { ChoiceField, TextField } from '../edit/inputs.tsx'
import { useTexts } from '../translator.ts'
import { useTyped } from '../use-typed.ts'
import { type ListSearch, SORTS, STATES, toListSearch } from './list-search.ts'

interface Props {
  search: ListSearch
  types: readonly { name: string; label: string }[]
  onChange: (search: ListSearch) => void
}

interface TypedProps extends Pick<ComponentProps<typeof TextField>, 'label' | 'type' | 'dir' | 'fault'> {
  value: string
  onChange: (value: string) => void
  /** Takes the text when the field is left, and not at each letter. */
  onlyWhole?: boolean
}

function TypedField({ value, onChange, onlyWhole = false, ...others }: TypedProps) {
  const [typed, setTyped] = useTyped(value)
  const change = (text: string) => {
    setTyped(text)
    if (!onlyWhole) onChange(text)
  }
  return (
    <TextField {...others} value={typed} onChange={change} onBlur={() => typed !== value && onChange(typed.trim())} />
  )
}

/** The filters and the order of the list. */
export function Filters({ search, types, onChange }: Props) {
  const { t } = useTexts()
  const inputOf = (name: keyof ListSearch) => ({
    value: search[name] ?? '',
    fault: undefined,
    onChange: (value: string) => onChange(toListSearch({ ...search, [name]: value === '' ? undefined : value })),
  })
  return (
    <search className="edit-fields narrow-fields">
      <ChoiceField
        label={t('field.state')}
        options={STATES.map(
          it => [it === 'active' ? '' : it, it === 'all' ? t('list.any') : t(`state.${it}`)] as const,
        )}
        {...inputOf('state')}
      />
      <ChoiceField
        label={t('field.type')}
        options={[['', t('list.any')], ...types.map(({ name, label }) => [name, label] as const)]}
        {...inputOf('type')}
      />
      <ChoiceField
        label={t('list.sort')}
        options={[['', t('list.unsorted')], ...SORTS.map(it => [it, t(`sort.${it}`)] as const)]}
        {...inputOf('sort')}
      />
      <TypedField label={t('list.changedSince')} type="date" dir="ltr" {...inputOf('changed_since')} />
      <TypedField label={t('list.source')} onlyWhole {...inputOf('source')} />
    </search>
  )
}
