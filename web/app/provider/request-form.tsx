import type { ReactNode } from 'react'
import { TextField } from '../edit/inputs.tsx'
import type { useForm } from '../edit/use-form.ts'
import { useTexts } from '../translator.ts'
import { ActionFault, type useAction } from './action.tsx'

interface Props {
  title: string
  nameLabel: string
  request: Pick<ReturnType<typeof useAction<never, { label: string }>>, 'isPending' | 'data'>
  form: Pick<ReturnType<typeof useForm>, 'inputOf' | 'onSubmit' | 'error'>
  /** Further inputs. */
  children?: ReactNode
}

/** The form that requests a field or a type. */
export function RequestForm({ title, nameLabel, request, form: { inputOf, onSubmit, error }, children }: Props) {
  const { t } = useTexts()
  return (
    <form className="card stack" noValidate onSubmit={onSubmit}>
      <h2>{title}</h2>
      <div className="form">
        <TextField label={t('fields.label')} {...inputOf('label')} />
        <TextField label={nameLabel} dir="ltr" autoCapitalize="none" {...inputOf('name')} />
      </div>
      {children}
      <ActionFault error={error} />
      {request.data && (
        <p className="notice good" role="status">
          {t('fields.requested', { label: request.data.label })}
        </p>
      )}
      <div>
        <button className="button primary" type="submit" disabled={request.isPending}>
          {title}
        </button>
      </div>
    </form>
  )
}
