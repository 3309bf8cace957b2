import type { components } from '../../../client/paths.ts'
import { useIsPermitted } from '../caller.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'

/** The lists that show a customer's state. */
const CHANGED = ['customer', 'history', 'customers', 'search'] as const
type Customer = Pick<components['schemas']['Customer'], 'id' | 'state' | 'etag'>

/** Deletes the version that is shown. */
export function DeleteButton({ customer: { id, state, etag } }: { customer: Customer }) {
  const { t } = useTexts()
  const mayDelete = useIsPermitted('deleteCustomer')
  const header = etag === null ? {} : { 'If-Match': etag }
  const remove = useAction(
    () => dataOf(registry.DELETE('/v1/customers/{id}', { params: { path: { id }, header } })),
    ...CHANGED,
  )
  if (!mayDelete || state !== 'active') return null
  return (
    <>
      <button className="button" type="button" disabled={remove.isPending} onClick={() => remove.mutate(undefined)}>
        {t('customer.delete')}
      </button>
      <ActionFault error={remove.error} />
    </>
  )
}

const NOTICES = { deleted: 'customer.deleted', expired: 'customer.expired' } as const

/** Says that a customer is deleted or has expired, and takes that back. */
export function RestoreNotice({ customer: { id, state } }: { customer: Customer }) {
  const { t } = useTexts()
  const mayRestore = useIsPermitted('restoreCustomer')
  const restore = useAction(
    () => dataOf(registry.POST('/v1/customers/{id}/restore', { params: { path: { id } } })),
    ...CHANGED,
  )
  if (state !== 'deleted' && state !== 'expired') return null
  return (
    <>
      <div className="notice warn row spread" role="status">
        {t(NOTICES[state])}
        {mayRestore && (
          <button
            className="button"
            type="button"
            disabled={restore.isPending}
            onClick={() => restore.mutate(undefined)}
          >
            {t('customer.undo')}
          </button>
        )}
      </div>
      <ActionFault error={restore.error} />
    </>
  )
}
