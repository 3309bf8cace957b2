import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { components } from '../../../client/paths.ts'
import { useIsPermitted } from '../caller.ts'
import { nameOf } from '../merge/use-decision.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { Name } from './name.tsx'
import { readCustomer } from './read-customer.ts'

type Customer = components['schemas']['Customer']

/** Splits a merged customer off again, after saying what happens. */
function SplitButton({ customer }: { customer: Customer }) {
  const { t } = useTexts()
  const maySplit = useIsPermitted('splitCustomer')
  const { id } = customer
  const split = useAction(
    () => dataOf(registry.POST('/v1/customers/{id}/split', { params: { path: { id } } })),
    'customer',
    'history',
    'customers',
    'duplicates',
    'search',
  )
  if (!maySplit) return null
  return (
    <>
      <Confirmed
        label={t('merge.split')}
        named={t('merge.splitNamed', { name: nameOf(customer) })}
        onConfirm={() => split.mutate(undefined)}
      >
        {t('merge.splitting')}
      </Confirmed>
      <ActionFault error={split.error} />
    </>
  )
}

/** Says which customer this one was merged into, and splits it off again. */
export function MergedNotice({ customer }: { customer: Customer }) {
  const { t } = useTexts()
  if (customer.state !== 'merged' || customer.merged_into === null) return null
  return (
    <div className="notice warn row spread">
      <span>
        {t('merge.isMerged')}{' '}
        <Link to="/customers/$id" params={{ id: customer.merged_into }}>
          {t('merge.showSurvivor')}
        </Link>
      </span>
      <SplitButton customer={customer} />
    </div>
  )
}

/** The customers who were merged into this one. */
export function MergedCustomers({ ids }: { ids: readonly string[] }) {
  const customers = useQueries({ queries: ids.map(id => readCustomer(id)) })
  return (
    <ul className="hits">
      {customers.flatMap(({ data }) =>
        data
          ? [
              <li key={data.id} className="hit row spread">
                <Link to="/customers/$id" params={{ id: data.id }}>
                  <Name customer={data} />
                </Link>
                <span className="decision">
                  <SplitButton customer={data} />
                </span>
              </li>,
            ]
          : [],
      )}
    </ul>
  )
}
