import '../edit/edit.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { memo, useEffect, useRef } from 'react'
import type { components } from '../../../client/paths.ts'
import { Name } from '../customer/name.tsx'
import { useDefinitions } from '../edit/definitions.ts'
import { moveFocus } from '../move-focus.ts'
import { ListEnd, type PageList, usePages } from '../pages.tsx'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { ExportButtons } from './export.tsx'
import { Filters } from './filters.tsx'
import { readPage } from './read-page.ts'
import { SavedViews } from './saved-views.tsx'

type Customer = components['schemas']['Customer']

const route = getRouteApi('/customers')
const PAGE_SIZE = 50

/** Reads the next page when the end of the list comes into view. */
function useEndless({ hasNextPage, isFetching, isError, fetchNextPage }: PageList<unknown>) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (end.current === null || !hasNextPage || isFetching || isError) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNextPage(), {
      rootMargin: '400px',
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  return end
}

/** Rendered again only if the customer or the language changes, and not when further rows arrive. */
const CustomerRow = memo(function CustomerRow({ customer }: { customer: Customer }) {
  const { t } = useTexts()
  const { id, dob, document_number, state, type, updated_at } = customer
  return (
    <li className="hit">
      <div className="row spread">
        <Link to="/customers/$id" params={{ id }}>
          <Name customer={customer} />
        </Link>
        <span className="row">
          {state !== 'active' && <span className="grade">{t(`state.${state}`)}</span>}
          <span className="grade">{type}</span>
        </span>
      </div>
      <div className="row spread quiet">
        <bdi>{[dob, document_number].filter(it => it !== null).join(' · ')}</bdi>
        <Time at={updated_at} />
      </div>
    </li>
  )
})

/** The list of customers. Its filters and its order are in the address, so that a view can be kept. */
export function Customers() {
  const { t } = useTexts()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: definitions } = useDefinitions()
  const list = usePages(['customers', search], (page, signal) =>
    readPage(search, { limit: PAGE_SIZE, ...page }, signal),
  )
  const end = useEndless(list)
  return (
    <div className="stack">
      <div className="row spread">
        <h1>{t('list.title')}</h1>
        <span className="row">
          <ExportButtons key={JSON.stringify(search)} search={search} />
        </span>
      </div>
      <Filters
        search={search}
        types={definitions?.types ?? []}
        onChange={changed => navigate({ search: changed, replace: true })}
      />
      <SavedViews search={search} />
      {list.items.length > 0 && (
        <ol className="hits" onKeyDown={moveFocus}>
          {list.items.map(customer => (
            <CustomerRow key={customer.id} customer={customer} />
          ))}
        </ol>
      )}
      <div ref={end}>
        <ListEnd list={list} empty={t('list.none')} />
      </div>
    </div>
  )
}
