import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { useAction } from './action.tsx'
import { type RequestedName, RequestForm } from './request-form.tsx'

/** The form that requests a type of customers. The provider decides on it. */
export function RequestType() {
  const { t } = useTexts()
  const request = useAction((body: RequestedName) => dataOf(registry.POST('/v1/types', { body })), 'types')
  return (
    <RequestForm title={t('types.request')} nameLabel={t('types.name')} request={request} toBody={stated => stated} />
  )
}
