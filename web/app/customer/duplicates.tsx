import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { FailureNotice } from '../failure.tsx'
import { DecidedNotice, type DecidedPair } from '../merge/decided-notice.tsx'
import { nameOf, useDecision } from '../merge/use-decision.ts'
import { ActionFault } from '../provider/action.tsx'
import { dataOf } from '../request.ts'
import { HitCard } from '../search/hit-card.tsx'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'

type Duplicate = components['schemas']['Duplicate']

interface CandidateProps {
  id: string
  duplicate: Duplicate
  onDecided: () => void
}

/** A likely duplicate, and the decision whether it is one. */
function Candidate({ id, duplicate, onDecided }: CandidateProps) {
  const { t } = useTexts()
  const name = nameOf(duplicate.customer)
  const decide = useDecision(id, duplicate.customer.id, onDecided)
  return (
    <HitCard hit={duplicate}>
      <div className="row decision">
        <Link
          className="button"
          to="/customers/$id/merge/$other"
          params={{ id, other: duplicate.customer.id }}
          aria-label={t('duplicates.sameNamed', { name })}
        >
          {t('duplicates.same')}
        </Link>
        <button
          className="button"
          type="button"
          aria-label={t('duplicates.differentNamed', { name })}
          disabled={decide.isPending}
          onClick={() => decide.mutate({ decision: 'different' })}
        >
          {t('duplicates.different')}
        </button>
      </div>
      <ActionFault error={decide.error} />
    </HitCard>
  )
}

/** The customers who are probably the same as this one, to decide on. */
export function Duplicates({ customer }: { customer: components['schemas']['Customer'] }) {
  const { t } = useTexts()
  const { id } = customer
  const [decided, setDecided] = useState<DecidedPair | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['duplicates', id],
    queryFn: ({ signal }) =>
      dataOf(registry.GET('/v1/customers/{id}/duplicates', { params: { path: { id } }, signal })),
  })
  if (error) return <FailureNotice error={error} onRetry={refetch} />
  return (
    <>
      <DecidedNotice pair={decided} />
      <p className="quiet" role="status">
        {data?.items.length === 0 && t('edit.noDuplicates')}
      </p>
      {data && data.items.length > 0 && (
        <ol className="hits">
          {data.items.map(duplicate => (
            <Candidate
              key={duplicate.customer.id}
              id={id}
              duplicate={duplicate}
              onDecided={() => setDecided([customer, duplicate.customer])}
            />
          ))}
        </ol>
      )}
    </>
  )
}
