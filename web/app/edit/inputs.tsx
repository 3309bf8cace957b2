import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { useTexts } from '../translator.ts'
import type { Definitions } from './definitions.ts'

interface FieldProps {
  label: string
  value: string
  fault: string | undefined
  hint?: string | undefined
  onChange: (value: string) => void
  onBlur?: () => void
}

interface FrameProps extends Pick<FieldProps, 'label' | 'fault' | 'hint'> {
  children: (attributes: { id: string; 'aria-invalid': boolean; 'aria-describedby': string }) => ReactNode
}

/** An input with its label, its hint, and why its value is refused. */
function Frame({ label, fault, hint, children }: FrameProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': fault !== undefined, 'aria-describedby': `${id}-about` })}
      <span id={`${id}-about`} className={fault === undefined ? 'hint' : 'fault'}>
        {fault === undefined ? hint : <bdi lang="en">{fault}</bdi>}
      </span>
    </div>
  )
}

type TextProps = FieldProps &
  Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'type' | 'inputMode' | 'max' | 'dir' | 'required' | 'maxLength' | 'pattern' | 'autoFocus'
  >

export function TextField({ label, value, fault, hint, onChange, onBlur, ...attributes }: TextProps) {
  return (
    <Frame label={label} fault={fault} hint={hint}>
      {about => (
        <input
          className="input"
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          {...attributes}
          {...about}
          value={value}
          onChange={event => onChange(event.target.value)}
          onBlur={onBlur}
        />
      )}
    </Frame>
  )
}

interface ChoiceProps extends FieldProps {
  options: readonly (readonly [value: string, label: string])[]
}

export function ChoiceField({ label, value, fault, onChange, onBlur, options }: ChoiceProps) {
  return (
    <Frame label={label} fault={fault}>
      {about => (
        <select
          className="input"
          {...about}
          value={value}
          onChange={event => onChange(event.target.value)}
          onBlur={onBlur}
        >
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Frame>
  )
}

const MODES = { number: 'decimal', phone: 'tel', email: 'email', text: 'text', date: 'text' } as const

interface CustomProps extends FieldProps {
  field: Definitions['fields'][number]
}

/** The input of a custom field, by its type. */
export function CustomField({ field: { type, choices }, ...props }: CustomProps) {
  const { t } = useTexts()
  if (type !== 'choice' && type !== 'boolean')
    return <TextField {...props} inputMode={MODES[type]} dir={type === 'text' ? 'auto' : 'ltr'} />
  const options =
    type === 'choice'
      ? (choices ?? []).map(choice => [choice, choice] as const)
      : ([
          ['true', t('edit.yes')],
          ['false', t('edit.no')],
        ] as const)
  return <ChoiceField {...props} options={[['', '—'], ...options]} />
}
