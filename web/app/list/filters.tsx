import type { ComponentProps } from 'react'
import type { TimeSearch } from '../customer/time-search.ts'
import { ChoiceField, TextField } from '../edit/inputs.tsx'
import { toLocalTime, toUtcTime } from '../local-time.ts'
import { useTexts } from '../translator.ts'
import { useTyped } from '../use-typed.ts'
import { type ListSearch, SORTS, STATES, toListSearch } from './list-search.ts'

interface Props {
  search: ListSearch
  /** Whether the list is filtered by words or a value, and so has another order and is of now. */
  isByContent: boolean
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
export function Filters({ search, isByContent, types, onChange }: Props) {
  const { t } = useTexts()
  const inputOf = (name: keyof ListSearch) => ({
    value: search[name] ?? '',
    fault: undefined,
    onChange: (value: string) => onChange(toListSearch({ ...search, [name]: value === '' ? undefined : value })),
  })
  const timeInputOf = (name: keyof TimeSearch) => ({
    ...inputOf(name),
    value: search[name] === undefined ? '' : toLocalTime(search[name]),
    onChange: (local: string) => onChange(toListSearch({ ...search, [name]: toUtcTime(local) })),
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
      {!isByContent && (
        <>
          <ChoiceField
            label={t('list.sort')}
            options={[['', t('list.unsorted')], ...SORTS.map(it => [it, t(`sort.${it}`)] as const)]}
            {...inputOf('sort')}
          />
          <TypedField label={t('list.changedSince')} type="date" dir="ltr" {...inputOf('changed_since')} />
          <TypedField label={t('list.source')} onlyWhole {...inputOf('source')} />
          <TypedField label={t('time.asOf')} type="datetime-local" dir="ltr" {...timeInputOf('as_of')} />
          <TypedField label={t('time.knownAt')} type="datetime-local" dir="ltr" {...timeInputOf('known_at')} />
        </>
      )}
    </search>
  )
}
