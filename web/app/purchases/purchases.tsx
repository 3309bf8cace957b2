import '../provider/provider.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useIsPermitted } from '../caller.ts'
import { startOf } from '../local-time.ts'
import { ListEnd, useEndless } from '../pages.tsx'
import { Reveal } from '../reveal.tsx'
import { useTexts } from '../translator.ts'
import { isCustomerId, type PurchaseSearch, toPurchaseSearch } from './purchase-search.ts'
import { StorePurchase } from './store-purchase.tsx'
import { PurchaseTable, Totals } from './table.tsx'
import { usePurchases } from './use-purchases.ts'

const route = getRouteApi('/purchases')

/** The purchases of a user in some days, read to their end by scrolling, and the form that stores one. */
function PurchasesOf({ user, from, to }: { user: string } & Pick<PurchaseSearch, 'from' | 'to'>) {
  const { t } = useTexts()
  const mayStore = useIsPermitted('buy')
  const [start, end] = [from && startOf(from), to && startOf(to, 1)]
  // The API's end is exclusive, and the reader's includes the day.
  const purchases = usePurchases(user, { ...(start ? { from: start } : {}), ...(end ? { to: end } : {}) })
  const { list, totals, overallTotals } = purchases
  const listEnd = useEndless(list)
  const isInterval = start !== undefined || end !== undefined
  return (
    <>
      <section className="card stack">
        <h2>{t(isInterval ? 'purchases.inDays' : 'purchases.all')}</h2>
        {isCustomerId(user) && (
          <Link to="/customers/$id" params={{ id: user }}>
            {t('conflicts.customer')}
          </Link>
        )}
        <Totals totals={totals} />
        {isInterval && overallTotals.length > 0 && (
          <div className="quiet">
            {t('purchases.all')}
            <Totals totals={overallTotals} />
          </div>
        )}
        <PurchaseTable purchases={list.items} />
        <div ref={listEnd}>
          <ListEnd list={list} empty={t('purchases.none')} />
        </div>
      </section>
      {mayStore && (
        <Reveal title={t('purchases.store')}>
          <StorePurchase userid={user} name="" purchases={purchases} />
        </Reveal>
      )}
    </>
  )
}

/** The purchases of whom one asks for. An id that is not a customer's may be a name: it is not in the address. */
export function PurchasesView() {
  const { t } = useTexts()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [other, setOther] = useState('')
  const user = search.user ?? other
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = Object.fromEntries(new FormData(event.currentTarget))
    const stated = { ...values, user: String(values.user).trim() }
    setOther(isCustomerId(stated.user) ? '' : stated.user)
    navigate({ search: toPurchaseSearch(stated) })
  }
  return (
    <div className="stack">
      <h1>{t('purchases.title')}</h1>
      <form className="card stack" key={JSON.stringify([search, other])} onSubmit={submit}>
        <div className="form">
          <label className="field">
            <span className="label">{t('purchases.user')}</span>
            <input
              className="input"
              name="user"
              dir="ltr"
              maxLength={100}
              required
              autoComplete="off"
              defaultValue={user}
            />
          </label>
          <label className="field">
            <span className="label">{t('audit.from')}</span>
            <input className="input" name="from" type="date" defaultValue={search.from} />
          </label>
          <label className="field">
            <span className="label">{t('audit.to')}</span>
            <input className="input" name="to" type="date" defaultValue={search.to} />
          </label>
        </div>
        <div>
          <button className="button primary" type="submit">
            {t('purchases.show')}
          </button>
        </div>
      </form>
      {user !== '' && <PurchasesOf key={user} user={user} {...search} />}
    </div>
  )
}
