import type * as z from 'zod'
import type { requestFieldBody } from '../../../contract/schemas/field.ts'
import type { CheckedBody } from '../edit/checked.ts'
import { useForm } from '../edit/use-form.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { useAction } from './action.tsx'
import { checkRequest, EMPTY_FIELD } from './field-body.ts'
import { FieldInputs } from './field-inputs.tsx'
import { RequestForm } from './request-form.tsx'

/** The form that requests a custom field. The provider decides on it. */
export function RequestField() {
  const { t } = useTexts()
  const request = useAction(
    (body: CheckedBody<z.output<typeof requestFieldBody>>) => dataOf(registry.POST('/v1/fields', { body })),
    'fields',
  )
  const form = useForm({ initial: EMPTY_FIELD, check: checkRequest, action: request })
  return (
    <RequestForm title={t('fields.request')} nameLabel={t('fields.name')} request={request} form={form}>
      <FieldInputs draft={form.draft} inputOf={form.inputOf} />
    </RequestForm>
  )
}
