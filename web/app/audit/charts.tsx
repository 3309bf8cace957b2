import { useQuery } from '@tanstack/react-query'
import { FailureNotice } from '../failure.tsx'
import { useTexts } from '../translator.ts'
import { BarChart } from './bar-chart.tsx'
import { dayBefore } from './filter.ts'
import { type Bar, GROUPINGS, type Grouping, readSummary } from './summary.ts'

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
      <BarChart label={title} bars={shown} />
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

/** How many entries there are by day, action, user and location: in the days of the filter, or in the last month. */
export default function Charts({ from = dayBefore(DEFAULT_DAYS), to }: { from?: string; to?: string }) {
  const { t } = useTexts()
  const days = { from, ...(to === undefined ? {} : { to }) }
  const { data, error, refetch } = useQuery({
    queryKey: ['audit-summary', days],
    queryFn: ({ signal }) => readSummary(days, signal),
  })
  if (error) return <FailureNotice error={error} onRetry={refetch} />
  return (
    <>
      <p className="quiet" role="status">
        {data ? t('audit.chartsSince', { from }) : t('audit.counting')}
      </p>
      {data && (
        <div className="columns">
          {GROUPINGS.map(grouping => (
            <Chart key={grouping} grouping={grouping} bars={data[grouping]} />
          ))}
        </div>
      )}
    </>
  )
}
