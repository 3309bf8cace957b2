import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { dataOf } from '../request.ts'
import { HitCard } from '../search/hit-card.tsx'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { toMatchQuery } from './body.ts'
import type { Draft } from './draft.ts'

const PAUSE_MS = 250
const MAX_SHOWN = 5

/** A value once it has not changed for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** The customers on the list who are probably the one in the form, while it is filled in. @param id the customer in the form, if they are listed */
export function LikelyDuplicates({ draft, id }: { draft: Draft; id?: string }) {
  const { t } = useTexts()
  const query = toMatchQuery(useSettled(draft))
  const { data } = useQuery({
    queryKey: ['match', query, id],
    queryFn: ({ signal }) => {
      const body = { queries: query ? [query] : [], limit: MAX_SHOWN, explain: true, exclude: id ? [id] : [] }
      return dataOf(registry.POST('/v1/match', { body, signal }))
    },
    enabled: query !== null,
    placeholderData: keepPreviousData,
  })
  const hits = query === null ? [] : (data?.results.flatMap(result => result.items) ?? [])
  return (
    <section className="stack" aria-label={t('edit.duplicates')}>
      <h2>{t('edit.duplicates')}</h2>
      <p className="quiet" role="status">
        {query !== null &&
          data &&
          (hits.length === 0 ? t('edit.noDuplicates') : t('search.results', { count: hits.length }))}
      </p>
      {hits.length > 0 && (
        <ol className="hits">
          {hits.map(hit => (
            <HitCard key={hit.customer.id} hit={hit} />
          ))}
        </ol>
      )}
    </section>
  )
}
