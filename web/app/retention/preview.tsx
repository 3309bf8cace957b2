import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Name } from '../customer/name.tsx'
import { usePages } from '../pages.tsx'
import { ListCard } from '../provider/list-card.tsx'
import { dataOf } from '../request.ts'
import { repeatUntilDone } from '../resume.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import type { Policy } from './policy-form.tsx'

/** How many customers are due, by a dry run. */
async function countDue(policy: Policy, signal: AbortSignal): Promise<number> {
  let due = 0
  await repeatUntilDone(
    query =>
      dataOf(registry.POST('/v1/retention/runs', { params: { query }, body: { dry_run: true, policy }, signal })),
    run => {
      due += run.due
    },
  )
  return due
}

/** Who would leave by a policy that need not be in effect. */
export function Preview({ policy }: { policy: Policy }) {
  const { t } = useTexts()
  const due = useQuery({ queryKey: ['preview', policy, 'due'], queryFn: ({ signal }) => countDue(policy, signal) })
  const customers = usePages(['preview', policy], async (query, signal) => {
    const body = { dry_run: true, customers: true, policy }
    const run = await dataOf(registry.POST('/v1/retention/runs', { params: { query }, body, signal }))
    return { items: run.customers, next: run.next }
  })
  const count = due.data === undefined ? '' : ` · ${t('retention.due', { number: due.data })}`
  return (
    <ListCard title={`${t('retention.previewOf')}${count}`} list={customers} empty={t('retention.nobody')}>
      {customer => (
        <li key={customer.id} className="row spread">
          <Link to="/customers/$id" params={{ id: customer.id }}>
            <Name customer={customer} />
          </Link>
          <bdi className="quiet">{customer.type}</bdi>
        </li>
      )}
    </ListCard>
  )
}
