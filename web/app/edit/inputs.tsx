import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { useTexts } from '../translator.ts'
import type { Definitions } from './definitions.ts'

interface FieldProps {
  label: string
  value: string
  fault: string | undefined
  hint?: string | undefined
  /** The label is only read out: what is beside the input says it to the eye. */
  isLabelHidden?: boolean | undefined
  onChange: (value: string) => void
  onBlur?: () => void
}

interface FrameProps extends Pick<FieldProps, 'label' | 'fault' | 'hint' | 'isLabelHidden'> {
  children: (attributes: { id: string; 'aria-invalid': boolean; 'aria-describedby': string }) => ReactNode
}

/** An input with its label, its hint, and why its value is refused. */
function Frame({ label, fault, hint, isLabelHidden = false, children }: FrameProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : undefined}>
        {label}
      </label>
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
    'type' | 'inputMode' | 'min' | 'max' | 'dir' | 'required' | 'maxLength' | 'pattern' | 'autoFocus' | 'autoCapitalize'
  >

export function TextField({ label, value, fault, hint, isLabelHidden, onChange, onBlur, ...attributes }: TextProps) {
  return (
    <Frame label={label} fault={fault} hint={hint} isLabelHidden={isLabelHidden}>
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

export function ChoiceField({ label, value, fault, hint, isLabelHidden, onChange, onBlur, options }: ChoiceProps) {
  return (
    <Frame label={label} fault={fault} hint={hint} isLabelHidden={isLabelHidden}>
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

/** Several lines of text. */
export function LinesField({ label, value, fault, hint, onChange, onBlur }: FieldProps) {
  return (
    <Frame label={label} fault={fault} hint={hint}>
      {about => (
        <textarea
          className="input"
          dir="auto"
          rows={4}
          {...about}
          value={value}
          onChange={event => onChange(event.target.value)}
          onBlur={onBlur}
        />
      )}
    </Frame>
  )
}

/** Yes or no: its text is `true`, or empty. */
export function CheckField({ label, value, fault, onChange }: FieldProps) {
  const id = useId()
  return (
    <span>
      <label>
        <input
          type="checkbox"
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : id}
          checked={value === 'true'}
          onChange={({ target: { checked } }) => onChange(checked ? 'true' : '')}
        />{' '}
        {label}
      </label>
      {fault !== undefined && (
        <span id={id} className="fault">
          {' '}
          <bdi lang="en">{fault}</bdi>
        </span>
      )}
    </span>
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
