import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type * as z from 'zod'
import { createBody } from '../../../contract/schemas/customer.ts'
import { FailureNotice } from '../failure.tsx'
import { useAction } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { toBody } from './body.ts'
import { type CheckedBody, checkBody } from './checked.ts'
import { type Definitions, useDefinitions } from './definitions.ts'
import { toFieldTypes } from './details.ts'
import { discardEdit } from './draft.ts'
import { CustomerForm } from './form.tsx'
import { RequestKey, useEdit } from './use-edit.ts'

const NEW = 'new'

function NewCustomerForm({ definitions }: { definitions: Definitions }) {
  const navigate = useNavigate()
  const { draft, set } = useEdit(NEW, null)
  const [key] = useState(() => new RequestKey())
  const create = useAction(
    (body: CheckedBody<z.output<typeof createBody>>) =>
      dataOf(registry.POST('/v1/customers', { params: { header: { 'Idempotency-Key': key.of(body) } }, body })),
    'customers',
    'search',
  )
  const checked = checkBody(createBody, toBody(draft, {}, toFieldTypes(definitions)))
  const save = () => {
    if (checked.body === null) return
    create.mutate(checked.body, {
      onSuccess: ({ id }) => {
        discardEdit(NEW)
        navigate({ to: '/customers/$id', params: { id } })
      },
    })
  }
  return (
    <CustomerForm
      definitions={definitions}
      draft={draft}
      onChange={set}
      faults={checked.faults ?? {}}
      error={create.error}
      isSaving={create.isPending}
      onSave={save}
      onCancel={() => {
        discardEdit(NEW)
        navigate({ to: '/' })
      }}
    />
  )
}

/** The form of a new customer. */
export function NewCustomer() {
  const { t } = useTexts()
  const { data: definitions, error, refetch } = useDefinitions()
  return (
    <div className="stack">
      <h1>{t('edit.new')}</h1>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {definitions && <NewCustomerForm definitions={definitions} />}
    </div>
  )
}
