import '../edit/edit.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useIsPermitted } from '../caller.ts'
import { discardEditsOf } from '../edit/draft.ts'
import { FailureNotice } from '../failure.tsx'
import { failureOf } from '../request.ts'
import { Certificate, type Erasure } from '../retention/certificate.tsx'
import { EraseCustomer } from '../retention/erase-customer.tsx'
import { HoldCustomer } from '../retention/hold-customer.tsx'
import { Reveal } from '../reveal.tsx'
import { useTexts } from '../translator.ts'
import { Compare } from './compare.tsx'
import { RestoreNotice } from './delete-restore.tsx'
import { Duplicates } from './duplicates.tsx'
import { fieldLabel } from './field-label.ts'
import { CustomerHeader } from './header.tsx'
import { History } from './history.tsx'
import { MergedCustomers, MergedNotice } from './merged.tsx'
import { Purchases } from './purchases.tsx'
import { readCustomer } from './read-customer.ts'
import { toTimeSearch } from './time-search.ts'
import { TimeTravel } from './time-travel.tsx'
import { valuesOf } from './values.ts'

const route = getRouteApi('/customers/$id')
const NOT_FOUND = 404

/** One customer: the fields now, and every version. Nothing of one customer is shown in the view of the next. */
export function CustomerView() {
  const { id } = route.useParams()
  return <Customer key={id} id={id} />
}

function Customer({ id }: { id: string }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const mayErase = useIsPermitted('eraseCustomer')
  const [erasure, setErasure] = useState<Erasure | null>(null)
  const forget = (certificate: Erasure) => {
    // Nothing of the customer stays in memory; the caller's rights do.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
    discardEditsOf(id)
    setErasure(certificate)
  }
  const { as_of, known_at } = route.useSearch()
  const time = toTimeSearch({ as_of, known_at })
  const isNow = Object.keys(time).length === 0
  const [mayDecide, mayReadPurchases] = [useIsPermitted('decideDuplicate'), useIsPermitted('listPurchases')]
  const { data: customer, error, refetch } = useQuery({ ...readCustomer(id, time), enabled: erasure === null })
  if (erasure) return <Certificate erasure={erasure} onRenewed={setErasure} />
  return (
    <article className="stack">
      <Link to="/">{t('customer.back')}</Link>
      {customer && <CustomerHeader customer={customer} time={time} />}
      {error && <h1 className="visually-hidden">{t('customer.title')}</h1>}
      <TimeTravel id={id} search={time} isProvisional={customer?.provisional === true} />
      {error &&
        (isNow || failureOf(error).status !== NOT_FOUND ? (
          <FailureNotice error={error} onRetry={refetch} missing={t('fault.missing')} />
        ) : (
          <p className="notice warn">{t('time.none')}</p>
        ))}
      {customer && (
        <>
          {isNow && <RestoreNotice customer={customer} />}
          {isNow && <MergedNotice customer={customer} />}
          <div className="columns">
            <section className="card stack">
              <h2>{t('customer.fields')}</h2>
              <dl className="values">
                {valuesOf(customer).map(([field, value]) => (
                  <div key={field}>
                    <dt>{fieldLabel(t, field)}</dt>
                    <dd>
                      <bdi>{String(value ?? '—')}</bdi>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
            <History id={id} />
            <Compare id={id} />
            {isNow && mayDecide && customer.state === 'active' && (
              <Reveal title={t('edit.duplicates')}>
                <Duplicates customer={customer} />
              </Reveal>
            )}
            {isNow && customer.absorbed.length > 0 && (
              <Reveal title={t('merge.merged')}>
                <MergedCustomers ids={customer.absorbed} />
              </Reveal>
            )}
            {isNow && mayReadPurchases && (
              <Reveal title={t('purchases.title')}>
                <Purchases customer={customer} />
              </Reveal>
            )}
            {isNow && mayErase && <HoldCustomer id={id} hold={customer.hold ?? null} />}
            {isNow && mayErase && <EraseCustomer id={id} onErased={forget} />}
          </div>
        </>
      )}
    </article>
  )
}
