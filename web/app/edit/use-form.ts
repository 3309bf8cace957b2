import type { UseMutationResult } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { RequestFailed } from '../request.ts'
import { type Checked, type CheckedBody, type Faults, toFaults } from './checked.ts'
import type { Draft } from './draft.ts'

/** The faults that the API found, until the field is changed again. */
function useRefusal(error: Error | null, draft: Draft): Faults {
  const [refused, setRefused] = useState<{ error: Error | null; draft: Draft }>({ error: null, draft })
  if (refused.error !== error) setRefused({ error, draft })
  const faults = error instanceof RequestFailed ? toFaults(error.errors) : {}
  return Object.fromEntries(Object.entries(faults).filter(([field]) => refused.draft[field] === draft[field]))
}

/** Whether every reason of a refusal is that of a field. */
const isOfFields = (error: Error | null): boolean =>
  error instanceof RequestFailed && error.errors.length > 0 && !Object.hasOwn(toFaults(error.errors), '')

interface FieldsOptions {
  draft: Draft
  onChange: (draft: Draft) => void
  /** What the API's schema refuses of the draft. */
  faults: Faults
  /** Why the last request was refused. */
  error: Error | null
}

/** The inputs of a form. A field is checked when it is left, and all of them before the form is sent; what the API refuses is shown there too. */
export function useFields({ draft, onChange, faults, error }: FieldsOptions) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const refusal = useRefusal(error, draft)
  return {
    inputOf: (field: string) => ({
      value: draft[field] ?? '',
      fault: (left.has(field) ? faults[field] : undefined) ?? refusal[field],
      onChange: (value: string) => onChange({ ...draft, [field]: value }),
      onBlur: () => setLeft(new Set([...left, field])),
    }),
    /** Does something if the form has no fault; otherwise goes to the first one. */
    attempt: (form: HTMLFormElement | null, act: () => void) => {
      setLeft(new Set(Object.keys(faults)))
      if (Object.keys(faults).length === 0) act()
      else requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    },
    /** Why the last request was refused, if that is not shown at the fields. */
    error: isOfFields(error) ? null : error,
    /** Forgets which fields were left. */
    reset: () => setLeft(new Set()),
  }
}

interface FormOptions<Output, Result> {
  initial: Draft
  check: (draft: Draft) => Checked<Output>
  action: Pick<UseMutationResult<Result, Error, CheckedBody<Output>>, 'mutate' | 'isPending' | 'error'>
  onSuccess?: (result: Result) => void
}

/** A form of one request. What was typed stays until the request succeeds. */
export function useForm<Output, Result>({ initial, check, action, onSuccess }: FormOptions<Output, Result>) {
  const [draft, setDraft] = useState(initial)
  const { body, faults } = check(draft)
  const fields = useFields({ draft, onChange: setDraft, faults: faults ?? {}, error: action.error })
  const send = () => {
    if (body === null || action.isPending) return
    action.mutate(body, {
      onSuccess: result => {
        setDraft(initial)
        fields.reset()
        onSuccess?.(result)
      },
    })
  }
  return {
    draft,
    inputOf: fields.inputOf,
    error: fields.error,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault()
      fields.attempt(event.currentTarget, send)
    },
  }
}
