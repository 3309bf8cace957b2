import { useId, useRef } from 'react'
import type * as z from 'zod'
import type { components } from '../../../client/paths.ts'
import { noteBody } from '../../../contract/schemas/customer.ts'
import { useIsPermitted } from '../caller.ts'
import { type CheckedBody, checkBody } from '../edit/checked.ts'
import type { Draft } from '../edit/draft.ts'
import { TextField } from '../edit/inputs.tsx'
import { useForm } from '../edit/use-form.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'

/** The lists that show a customer's state. */
const CHANGED = ['customer', 'history', 'customers', 'search'] as const
type Customer = Pick<components['schemas']['Customer'], 'id' | 'state' | 'etag'>

const reason = noteBody.unwrap()
type Reason = CheckedBody<z.output<typeof reason>>
const NO_REASON: Draft = { note: '' }
/** Checks why somebody deletes or restores; nobody needs to say it. */
const check = ({ note = '' }: Draft) => checkBody(reason, note.trim() === '' ? {} : { note: note.trim() })

/** Deletes the version that is shown. */
function useDelete({ id, etag }: Customer) {
  const header = etag === null ? {} : { 'If-Match': etag }
  return useAction(
    (body: Reason) => dataOf(registry.DELETE('/v1/customers/{id}', { params: { path: { id }, header }, body })),
    ...CHANGED,
  )
}

/** Asks why a customer is deleted, and deletes it. */
function DeleteWithNote({ customer }: { customer: Customer }) {
  const { t } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const remove = useDelete(customer)
  const { inputOf, onSubmit, error } = useForm({ initial: NO_REASON, check, action: remove })
  return (
    <>
      <button className="button" type="button" onClick={() => dialog.current?.showModal()}>
        {t('customer.deleteNoted')}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={title}>
        <form className="stack" noValidate onSubmit={onSubmit}>
          <h2 id={title}>{t('customer.deleteNoted')}</h2>
          <TextField label={t('edit.note')} hint={t('customer.deleteHint')} {...inputOf('note')} />
          <ActionFault error={error} />
          <div className="row">
            <button className="button danger" type="submit" disabled={remove.isPending}>
              {t('customer.delete')}
            </button>
            <button className="button" type="button" onClick={() => dialog.current?.close()}>
              {t('confirm.cancel')}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}

/** Deletes a customer at once, or with a note: it can be restored. */
export function DeleteButtons({ customer }: { customer: Customer }) {
  const { t } = useTexts()
  const mayDelete = useIsPermitted('deleteCustomer')
  const remove = useDelete(customer)
  if (!mayDelete || customer.state !== 'active') return null
  return (
    <>
      <button className="button" type="button" disabled={remove.isPending} onClick={() => remove.mutate({})}>
        {t('customer.delete')}
      </button>
      <DeleteWithNote customer={customer} />
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
    (body: Reason) => dataOf(registry.POST('/v1/customers/{id}/restore', { params: { path: { id } }, body })),
    ...CHANGED,
  )
  const { inputOf, onSubmit, error } = useForm({ initial: NO_REASON, check, action: restore })
  if (state !== 'deleted' && state !== 'expired') return null
  return (
    <div className="notice warn stack">
      <span role="status">{t(NOTICES[state])}</span>
      {mayRestore && (
        <form className="row restore" noValidate onSubmit={onSubmit}>
          <TextField label={t('edit.note')} hint={t('customer.restoreHint')} {...inputOf('note')} />
          <button className="button" type="submit" disabled={restore.isPending}>
            {t('customer.undo')}
          </button>
        </form>
      )}
      <ActionFault error={error} />
    </div>
  )
}
