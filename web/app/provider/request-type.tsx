import type * as z from 'zod'
import { requestTypeBody } from '../../../contract/schemas/type.ts'
import { type CheckedBody, checkBody } from '../edit/checked.ts'
import type { Draft } from '../edit/draft.ts'
import { useForm } from '../edit/use-form.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { useAction } from './action.tsx'
import { RequestForm } from './request-form.tsx'

const EMPTY: Draft = { label: '', name: '' }

const check = ({ name = '', label = '' }: Draft) =>
  checkBody(requestTypeBody, { name: name.trim(), label: label.trim() })

/** The form that requests a type of customers. The provider decides on it. */
export function RequestType() {
  const { t } = useTexts()
  const request = useAction(
    (body: CheckedBody<z.output<typeof requestTypeBody>>) => dataOf(registry.POST('/v1/types', { body })),
    'types',
  )
  const form = useForm({ initial: EMPTY, check, action: request })
  return <RequestForm title={t('types.request')} nameLabel={t('types.name')} request={request} form={form} />
}
