import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useSyncExternalStore } from 'react'
import { FailureNotice } from '../failure.tsx'
import { moveFocus } from '../move-focus.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { HitCard } from './hit-card.tsx'
import { searchText } from './search-text.ts'

/** Searches as you type. The text is kept in memory, and not in the address, because it is somebody's name. */
export function Search() {
  const { t } = useTexts()
  const text = useSyncExternalStore(searchText.subscribe, searchText.get)
  const q = useDeferredValue(text.trim())
  const isLongEnough = [...q].length >= 2
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => dataOf(registry.POST('/v1/search', { body: { q }, signal })),
    enabled: isLongEnough,
    placeholderData: keepPreviousData,
  })
  const found = isLongEnough ? data : undefined
  const isBusy = q !== text.trim() || isFetching
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
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {!isLongEnough && <p className="quiet">{t('search.start')}</p>}
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
