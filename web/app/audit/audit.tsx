import '../provider/provider.css'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { useIsPermitted } from '../caller.ts'
import { Foldable } from '../foldable.tsx'
import { usePages } from '../pages.tsx'
import { ListCard } from '../provider/list-card.tsx'
import { dataOf, RequestFailed } from '../request.ts'
import { Reveal } from '../reveal.tsx'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { EntryRow } from './entry-row.tsx'
import { Export } from './export.tsx'
import { type AuditQuery, NO_PERSON, type PersonalFilter, toAuditQuery } from './filter.ts'
import { FilterForm } from './filter-form.tsx'
import { Verification } from './verification.tsx'

const route = getRouteApi('/audit')
/** Charts need a library, which is loaded when they are opened. */
const Charts = lazy(() => import('./charts.tsx'))
const PAGE_SIZE = 50

async function readPage(query: AuditQuery, signal: AbortSignal): Promise<components['schemas']['AuditList']> {
  const page = await dataOf(registry.GET('/v1/audit', { params: { query: { limit: PAGE_SIZE, ...query } }, signal }))
  // Only a request for CSV or NDJSON is answered with text.
  if (typeof page === 'string') throw new RequestFailed(500)
  return page
}

/** Who did and saw what, newest first. An agent sees what they did themselves. */
export function Audit() {
  const { t } = useTexts()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [mayReadAll, mayVerify] = [useIsPermitted('auditSummary'), useIsPermitted('verifyAudit')]
  const [person, setPerson] = useState<PersonalFilter>(NO_PERSON)
  const query = toAuditQuery(search, person)
  const entries = usePages(['audit', query], (page, signal) => readPage({ ...query, ...page }, signal))
  return (
    <div className="stack">
      <h1>{t(mayReadAll ? 'audit.title' : 'audit.own')}</h1>
      <Foldable title={t('list.filters')} isInUse={Object.keys(query).length > 0}>
        <FilterForm
          key={JSON.stringify([search, person])}
          search={search}
          person={person}
          isOwn={!mayReadAll}
          onChange={(next, nextPerson) => {
            setPerson(nextPerson)
            navigate({ search: next })
          }}
        />
      </Foldable>
      <div className="row">
        <Export key={JSON.stringify(query)} query={query} />
        {mayVerify && <Verification />}
      </div>
      {mayReadAll && (
        <Reveal title={t('audit.charts')}>
          <Suspense fallback={null}>
            <Charts search={search} person={person} />
          </Suspense>
        </Reveal>
      )}
      <ListCard title={t('audit.entries')} list={entries} empty={t('audit.none')}>
        {entry => <EntryRow key={entry.id} entry={entry} />}
      </ListCard>
    </div>
  )
}
