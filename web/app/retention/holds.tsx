import { Link } from '@tanstack/react-router'
import { Name } from '../customer/name.tsx'
import { usePages } from '../pages.tsx'
import { ListCard } from '../provider/list-card.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { EndHold } from './end-hold.tsx'
import { HoldText } from './hold-customer.tsx'

/** The customers who are held. */
export function Holds() {
  const { t } = useTexts()
  const holds = usePages(['holds'], (page, signal) =>
    dataOf(registry.GET('/v1/holds', { params: { query: page }, signal })),
  )
  return (
    <ListCard title={t('hold.list')} list={holds} empty={t('hold.none')}>
      {({ customer, ...hold }) => (
        <li key={customer.id} className="row spread">
          <span className="row">
            <Link to="/customers/$id" params={{ id: customer.id }}>
              <Name customer={customer} />
            </Link>
            <HoldText hold={hold} />
          </span>
          <EndHold id={customer.id} />
        </li>
      )}
    </ListCard>
  )
}
