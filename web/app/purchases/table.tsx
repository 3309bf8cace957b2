import '../edit/edit.css'
import type { components } from '../../../client/paths.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'

type Purchase = components['schemas']['Purchase']
type Total = components['schemas']['Total']

/** An amount as it is stored: formatting it as a number could lose digits. */
export const toAmount = ({ sum, currency }: Pick<Total, 'sum' | 'currency'>): string => `${sum} ${currency}`

/** How many purchases there are, and what they cost, by currency. */
export function Totals({ totals }: { totals: readonly Total[] }) {
  const { t } = useTexts()
  return totals.map(({ count, ...total }) => (
    <p key={total.currency}>{t('purchases.total', { count, sum: toAmount(total) })}</p>
  ))
}

/** Purchases, one a row. */
export function PurchaseTable({ purchases }: { purchases: readonly Purchase[] }) {
  const { t } = useTexts()
  if (purchases.length === 0) return null
  return (
    <table className="versions">
      <thead>
        <tr>
          <th scope="col">{t('purchases.at')}</th>
          <th scope="col">{t('purchases.price')}</th>
          <th scope="col">{t('purchases.name')}</th>
        </tr>
      </thead>
      <tbody>
        {purchases.map(({ id, timestamp, price, currency, username }) => (
          <tr key={id}>
            <td data-label={t('purchases.at')}>
              <Time at={timestamp} />
            </td>
            <td data-label={t('purchases.price')}>
              <bdi>{toAmount({ sum: price, currency })}</bdi>
            </td>
            <td data-label={t('purchases.name')}>
              <bdi>{username}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
