import { Link } from '@tanstack/react-router'
import type { components } from '../../../client/paths.ts'
import { useIsPermitted } from '../caller.ts'
import { ListEnd } from '../pages.tsx'
import { StorePurchase } from '../purchases/store-purchase.tsx'
import { PurchaseTable, Totals } from '../purchases/table.tsx'
import { usePurchases } from '../purchases/use-purchases.ts'
import { useTexts } from '../translator.ts'

type Customer = components['schemas']['Customer']

/** The purchases of a customer and of those who were merged into them, newest first, with the totals by currency, and the form for another. */
export function Purchases({ customer: { id, given_name, surname } }: { customer: Customer }) {
  const { t } = useTexts()
  const mayStore = useIsPermitted('buy')
  const purchases = usePurchases(id)
  const { list, overallTotals } = purchases
  const name = [given_name, surname].filter(it => it !== null).join(' ')
  return (
    <>
      <Totals totals={overallTotals} />
      <PurchaseTable purchases={list.items} />
      <ListEnd list={list} empty={t('purchases.none')} />
      {list.items.length > 0 && (
        <Link to="/purchases" search={{ user: id }}>
          {t('purchases.byDays')}
        </Link>
      )}
      {mayStore && <StorePurchase userid={id} name={name} purchases={purchases} />}
    </>
  )
}
