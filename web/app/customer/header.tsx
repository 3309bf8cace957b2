import { Link } from '@tanstack/react-router'
import type { Customer } from '../../../contract/schemas/customer.ts'
import { useIsPermitted } from '../caller.ts'
import { useTexts } from '../translator.ts'
import { DeleteButtons } from './delete-restore.tsx'
import { Name } from './name.tsx'
import type { TimeSearch } from './time-search.ts'

/** The name and the state of a customer at the time that is shown, and what can be done then. */
export function CustomerHeader({ customer, time }: { customer: Customer; time: TimeSearch }) {
  const { t } = useTexts()
  const [mayReadAudit, mayChange] = [useIsPermitted('auditSummary'), useIsPermitted('patchCustomer')]
  const { id, state } = customer
  const { as_of, known_at } = time
  const isNow = as_of === undefined && known_at === undefined
  return (
    <header className="row">
      <h1 className="wrap">
        <Name customer={customer} />
      </h1>
      {state !== 'active' && <span className="grade">{t(`state.${state}`)}</span>}
      <span className="grow" />
      {mayReadAudit && (
        <Link to="/audit" search={{ shown: id }} className="button">
          {t('audit.whoLooked')}
        </Link>
      )}
      {as_of !== undefined && known_at === undefined && mayChange && state === 'active' && (
        <Link className="button" to="/customers/$id/edit" params={{ id }} search={{ as_of }}>
          {t('edit.correct')}
        </Link>
      )}
      <button className="button" type="button" onClick={() => print()}>
        {t('certificate.print')}
      </button>
      {isNow && mayChange && state !== 'deleted' && state !== 'merged' && (
        <Link className="button" to="/customers/$id/edit" params={{ id }}>
          {t('edit.edit')}
        </Link>
      )}
      {isNow && <DeleteButtons customer={customer} />}
    </header>
  )
}
