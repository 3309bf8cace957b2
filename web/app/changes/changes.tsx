import '../edit/edit.css'
import '../provider/provider.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { components } from '../../../client/paths.ts'
import { fieldLabel } from '../customer/field-label.ts'
import { ListEnd, useEndless, usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { formatTime, Time } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { type ChangesSearch, toChangesSearch } from './changes-search.ts'
import { MomentsForm } from './moments-form.tsx'

type Difference = components['schemas']['Difference']

const route = getRouteApi('/changes')
const PAGE_SIZE = 50

/** A field of a customer that differs: what it was and is, and who made the last change, when. */
function DifferenceRow({ difference: { id, field, before, after, at, actor } }: { difference: Difference }) {
  const { t } = useTexts()
  return (
    <tr>
      <td data-label={t('customer.title')}>
        <Link className="mono" to="/customers/$id" params={{ id }}>
          {id}
        </Link>
      </td>
      <td data-label={t('changes.field')}>{fieldLabel(t, field)}</td>
      <td data-label={t('changes.before')}>
        <bdi>{String(before ?? '—')}</bdi>
      </td>
      <td data-label={t('changes.after')}>
        <bdi>{String(after ?? '—')}</bdi>
      </td>
      <td data-label={t('changes.last')}>
        <span>
          <Time at={at} /> · <bdi>{actor}</bdi>
        </span>
      </td>
    </tr>
  )
}

/** The differences between two times, read to their end by scrolling. */
function Differences({ search }: { search: ChangesSearch & { from: string } }) {
  const { t, language } = useTexts()
  const list = usePages(['diff', search], (page, signal) =>
    dataOf(registry.GET('/v1/diff', { params: { query: { ...search, limit: PAGE_SIZE, ...page } }, signal })),
  )
  const end = useEndless(list)
  const [first] = list.data?.pages ?? []
  return (
    <section className="card stack">
      <h2>{t('changes.differences')}</h2>
      {first && (
        <p className="quiet" role="status">
          {t('changes.between', { from: formatTime(language, first.from), to: formatTime(language, first.to) })}
        </p>
      )}
      {list.items.length > 0 && (
        <table className="versions">
          <thead>
            <tr>
              <th scope="col">{t('customer.title')}</th>
              <th scope="col">{t('changes.field')}</th>
              <th scope="col">{t('changes.before')}</th>
              <th scope="col">{t('changes.after')}</th>
              <th scope="col">{t('changes.last')}</th>
            </tr>
          </thead>
          <tbody>
            {list.items.map(difference => (
              <DifferenceRow key={`${difference.id} ${difference.field}`} difference={difference} />
            ))}
          </tbody>
        </table>
      )}
      <div ref={end}>
        <ListEnd list={list} empty={t('changes.none')} />
      </div>
    </section>
  )
}

/** Compares the whole list at two times, which are in the address. */
export function Changes() {
  const { t } = useTexts()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { from } = search
  return (
    <div className="stack">
      <h1>{t('changes.title')}</h1>
      <MomentsForm
        key={JSON.stringify(search)}
        search={search}
        onChange={changed => navigate({ search: toChangesSearch(changed) })}
      />
      {from !== undefined && <Differences search={{ ...search, from }} />}
    </div>
  )
}
