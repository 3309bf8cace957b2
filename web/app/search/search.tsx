import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useDeferredValue, useSyncExternalStore } from 'react'
import { FailureNotice } from '../failure.tsx'
import { moveFocus } from '../move-focus.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { HitCard } from './hit-card.tsx'
import { fieldSearch, isSought, searchText } from './search-text.ts'

// It brings the API's schemas along, which the search box does not need.
const ByField = lazy(() => import('./by-field.tsx').then(({ ByField }) => ({ default: ByField })))

/** Searches as you type, by words and by fields. Both are kept in memory, and not in the address, because they are somebody's data. */
export function Search() {
  const { t } = useTexts()
  const text = useSyncExternalStore(searchText.subscribe, searchText.get)
  const q = useDeferredValue(text.trim())
  const { isOpen, criteria: stated } = useSyncExternalStore(fieldSearch.subscribe, fieldSearch.get)
  const criteria = useDeferredValue(stated)
  const isLongEnough = [...q].length >= 2
  const isSearched = isLongEnough || isSought(criteria)
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['search', q, criteria],
    queryFn: ({ signal }) => {
      const body = isLongEnough ? { q, ...criteria } : criteria
      return dataOf(registry.POST('/v1/search', { body, signal }))
    },
    enabled: isSearched,
    placeholderData: keepPreviousData,
  })
  const found = isSearched ? data : undefined
  const isBusy = q !== text.trim() || criteria !== stated || isFetching
  return (
    <search className="stack" onKeyDown={moveFocus} aria-busy={isBusy}>
      <h1 className="visually-hidden">{t('search.title')}</h1>
      <div className="field">
        <label className="visually-hidden" htmlFor="search">
          {t('search.label')}
        </label>
        <input
          className="input search-box"
          id="search"
          type="search"
          dir="auto"
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('search.hint')}
          value={text}
          onChange={event => searchText.set(event.target.value)}
        />
      </div>
      <details
        open={isOpen}
        onToggle={({ currentTarget: { open } }) => fieldSearch.set({ ...fieldSearch.get(), isOpen: open })}
      >
        <summary>{t('byField.title')}</summary>
        {isOpen && (
          <Suspense>
            <div className="card stack by-field">
              <ByField />
            </div>
          </Suspense>
        )}
      </details>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!isSearched && <p className="quiet">{t('search.start')}</p>}
      {found?.degraded && <p className="notice warn">{t('search.degraded')}</p>}
      <p className="quiet" role="status">
        {found && (found.items.length === 0 ? t('search.none') : t('search.results', { count: found.items.length }))}
        {found?.below_threshold && found.items.length > 0 && ` · ${t('search.below')}`}
      </p>
      {found && found.items.length > 0 && (
        <ol className="hits">
          {found.items.map(hit => (
            <HitCard key={hit.customer.id} hit={hit} />
          ))}
        </ol>
      )}
    </search>
  )
}
