import type { components } from '../../../client/paths.ts'
import { ListEnd, usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'

type Total = components['schemas']['Total']

/** An amount as it is stored: formatting it as a number could lose digits. */
const amount = ({ sum, currency }: Pick<Total, 'sum' | 'currency'>): string => `${sum} ${currency}`

/** The purchases of a customer and of those who were merged into them, newest first, with the totals by currency. */
export function Purchases({ id }: { id: string }) {
  const { t } = useTexts()
  const list = usePages(['purchases', id], (page, signal) =>
    dataOf(registry.GET('/v1/purchases', { params: { query: { user: id, ...page } }, signal })),
  )
  const totals = list.data?.pages[0]?.overall_totals ?? []
  return (
    <>
      {totals.map(({ count, ...total }) => (
        <p key={total.currency}>{t('purchases.total', { count, sum: amount(total) })}</p>
      ))}
      {list.items.length > 0 && (
        <table className="versions">
          <thead>
            <tr>
              <th scope="col">{t('purchases.at')}</th>
              <th scope="col">{t('purchases.price')}</th>
              <th scope="col">{t('purchases.name')}</th>
            </tr>
          </thead>
          <tbody>
            {list.items.map(({ id: purchase, timestamp, price, currency, username }) => (
              <tr key={purchase}>
                <td data-label={t('purchases.at')}>
                  <Time at={timestamp} />
                </td>
                <td data-label={t('purchases.price')}>
                  <bdi>{amount({ sum: price, currency })}</bdi>
                </td>
                <td data-label={t('purchases.name')}>
                  <bdi>{username}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ListEnd list={list} empty={t('purchases.none')} />
    </>
  )
}
