import '../edit/edit.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { toTimeSearch } from '../customer/time-search.ts'
import { TimeSentence } from '../customer/time-sentence.tsx'
import { useDefinitions } from '../edit/definitions.ts'
import { toFieldTypes } from '../edit/details.ts'
import { Foldable } from '../foldable.tsx'
import { ListEnd, useEndless, usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { contentFilter, isFiltering } from './content-filter.ts'
import { ContentForm } from './content-form.tsx'
import { ExportButtons } from './export.tsx'
import { Filters } from './filters.tsx'
import { type ListFilter, readPage } from './read-page.ts'
import { Rows } from './rows.tsx'
import { SavedViews } from './saved-views.tsx'

const route = getRouteApi('/customers')
const PAGE_SIZE = 50

/** How many customers the list has: only for filters that the registry counts by. */
function ListCount({ filter: { search, content } }: { filter: ListFilter }) {
  const { t } = useTexts()
  const { state, type, sort: _, ...others } = search
  const filter = { ...(state ? { state } : {}), ...(type ? { type } : {}) }
  const isCounted = Object.keys(others).length === 0 && !isFiltering(content)
  const { data } = useQuery({
    queryKey: ['customers', 'count', filter],
    queryFn: ({ signal }) => dataOf(registry.GET('/v1/count', { params: { query: filter }, signal })),
    enabled: isCounted,
  })
  return isCounted && data ? <span className="quiet">{t('list.about', { count: data.count })}</span> : null
}

/** The list of customers. Its filters and its order are in the address, so that a view can be kept; but not what is somebody's data. */
export function Customers() {
  const { t } = useTexts()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: definitions } = useDefinitions()
  const content = useSyncExternalStore(contentFilter.subscribe, contentFilter.get)
  const isByContent = isFiltering(content)
  const filter = { search, content, types: toFieldTypes(definitions ?? { fields: [] }) }
  const list = usePages(['customers', search, content], (page, signal) =>
    readPage(filter, { limit: PAGE_SIZE, ...page }, signal),
  )
  const time = isByContent ? {} : toTimeSearch({ ...search })
  const isPast = Object.keys(time).length > 0
  const end = useEndless(list)
  return (
    <div className="stack">
      <div className="row spread">
        <span className="row">
          <h1>{t('list.title')}</h1>
          <ListCount filter={filter} />
        </span>
        <span className="row">
          <ExportButtons key={JSON.stringify([search, content])} filter={filter} />
        </span>
      </div>
      <Foldable title={t('list.filters')} isInUse={isByContent || Object.keys(search).length > 0}>
        <Filters
          search={search}
          isByContent={isByContent}
          types={definitions?.types ?? []}
          onChange={changed => navigate({ search: changed, replace: true })}
        />
        <ContentForm content={content} fields={definitions?.fields ?? []} />
      </Foldable>
      <SavedViews search={search} />
      {isByContent && <p className="quiet">{t('list.byContent')}</p>}
      {isPast && (
        <p className="notice" role="status">
          <TimeSentence search={time} isProvisional={list.data?.pages.some(it => it.provisional) === true} />
        </p>
      )}
      {list.items.length > 0 && <Rows customers={list.items} isComplete={!list.hasNextPage} time={time} />}
      <div ref={end}>
        <ListEnd list={list} empty={t('list.none')} />
      </div>
    </div>
  )
}
