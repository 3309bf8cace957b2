import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { FailureNotice } from '../failure.tsx'
import { useTexts } from '../translator.ts'
import { BarChart } from './bar-chart.tsx'
import { dayBefore, type PersonalFilter } from './filter.ts'
import type { AuditSearch } from './search-params.ts'
import { type Bar, GROUPINGS, type Grouping, readCounts, summarise } from './summary.ts'

const DEFAULT_DAYS = 30
/** The bars of a chart; the table has all groups. */
const MAX_BARS = 31

function Chart({ grouping, bars }: { grouping: Grouping; bars: Bar[] }) {
  const { t, language } = useTexts()
  const title = t(`audit.by.${grouping}`)
  const shown = grouping === 'day' ? bars.slice(-MAX_BARS) : bars.slice(0, MAX_BARS)
  const format = new Intl.NumberFormat(language)
  return (
    <section className="card stack">
      <h3>{title}</h3>
      {/* Without bars, an axis has no length, and the library looks for its marks for ever. */}
      {shown.length > 0 && <BarChart label={title} bars={shown} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="chart-table" aria-label={title} tabIndex={0}>
        <table className="counts">
          <thead>
            <tr>
              <th scope="col">{t(`audit.group.${grouping}`)}</th>
              <th scope="col">{t('audit.entries')}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ name, count }) => (
              <tr key={name}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td>{format.format(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

/** Filters that the registry does not count by. */
const NOT_COUNTED = ['customer', 'shown', 'outcome'] as const

/**
 * How many entries there are by day, action, user and location: in the days of the filter, or in the last month, and by its action, user and
 * location.
 */
export default function Charts({ search, person }: { search: AuditSearch; person: PersonalFilter }) {
  const { t } = useTexts()
  const { from = dayBefore(DEFAULT_DAYS), to, action, location } = search
  const days = { from, ...(to === undefined ? {} : { to }) }
  const { data, error, refetch } = useQuery({
    queryKey: ['audit-summary', days],
    queryFn: ({ signal }) => readCounts(days, signal),
  })
  const actor = person.actor.trim()
  const summary = useMemo(
    () =>
      data &&
      summarise(data, {
        ...(action ? { action } : {}),
        ...(location ? { location } : {}),
        ...(actor === '' ? {} : { actor }),
      }),
    [data, action, location, actor],
  )
  const isPartial = person.asked.trim() !== '' || NOT_COUNTED.some(name => search[name] !== undefined)
  if (error) return <FailureNotice error={error} onRetry={refetch} />
  return (
    <>
      <p className="quiet" role="status">
        {summary ? t('audit.chartsSince', { from }) : t('audit.counting')}
      </p>
      {isPartial && <p className="notice warn">{t('audit.chartsPartial')}</p>}
      {summary && (
        <div className="columns">
          {GROUPINGS.map(grouping => (
            <Chart key={grouping} grouping={grouping} bars={summary[grouping]} />
          ))}
        </div>
      )}
    </>
  )
}
