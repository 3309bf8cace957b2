import { useQuery } from '@tanstack/react-query'
import type { components } from '../../../client/paths.ts'
import { FailureNotice } from '../failure.tsx'
import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { dataOf } from '../request.ts'
import { HitCard } from '../search/hit-card.tsx'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'

type Duplicate = components['schemas']['Duplicate']
type Decision = 'same' | 'different'

const nameOf = ({ surname, given_name }: Duplicate['customer']): string =>
  [surname, given_name].filter(it => it !== null).join(', ')

/** A likely duplicate, and the decision whether it is one. */
function Candidate({ id, duplicate }: { id: string; duplicate: Duplicate }) {
  const { t } = useTexts()
  const name = nameOf(duplicate.customer)
  const decide = useAction(
    (decision: Decision) =>
      dataOf(registry.POST('/v1/duplicates', { body: { ids: [id, duplicate.customer.id], decision } })),
    'duplicates',
    'customer',
    'history',
    'customers',
    'search',
  )
  return (
    <HitCard hit={duplicate}>
      <div className="row decision">
        <Confirmed
          label={t('duplicates.same')}
          named={t('duplicates.sameNamed', { name })}
          onConfirm={() => decide.mutate('same')}
        >
          {t('duplicates.merging')}
        </Confirmed>
        <button
          className="button"
          type="button"
          aria-label={t('duplicates.differentNamed', { name })}
          disabled={decide.isPending}
          onClick={() => decide.mutate('different')}
        >
          {t('duplicates.different')}
        </button>
      </div>
      <ActionFault error={decide.error} />
    </HitCard>
  )
}

/** The customers who are probably the same as this one, to decide on. */
export function Duplicates({ id }: { id: string }) {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery({
    queryKey: ['duplicates', id],
    queryFn: ({ signal }) =>
      dataOf(registry.GET('/v1/customers/{id}/duplicates', { params: { path: { id } }, signal })),
  })
  if (error) return <FailureNotice error={error} onRetry={refetch} />
  return (
    <>
      <p className="quiet" role="status">
        {data?.items.length === 0 && t('edit.noDuplicates')}
      </p>
      {data && data.items.length > 0 && (
        <ol className="hits">
          {data.items.map(duplicate => (
            <Candidate key={duplicate.customer.id} id={id} duplicate={duplicate} />
          ))}
        </ol>
      )}
    </>
  )
}
