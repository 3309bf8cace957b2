import { useQuery } from '@tanstack/react-query'
import type { paths } from '../../../client/paths.ts'
import { FailureNotice } from '../failure.tsx'
import { RequestFailed } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { pollEvery } from './polling.ts'

type Ping = paths['/ping']['get']['responses'][200]['content']['application/json']

const INTERVAL_MS = 5000

/** The health of this location, also if it is not healthy (503). @throws RequestFailed */
async function readHealth(signal: AbortSignal): Promise<Ping> {
  const { data, error, response } = await registry.GET('/ping', { signal }).catch((): never => {
    throw new RequestFailed(0)
  })
  const health = data ?? error
  if (health === undefined || !('database' in health)) throw new RequestFailed(response.status)
  return health
}

/** The state of something, in words and colour. */
export function StateGrade({ state }: { state: 'up' | 'starting' | 'down' }) {
  const { t } = useTexts()
  return <span className={`grade ${state === 'up' ? 'certain' : state}`}>{t(`locations.${state}`)}</span>
}

export function OwnHealth() {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery({
    queryKey: ['ping'],
    queryFn: ({ signal }) => readHealth(signal),
    refetchInterval: pollEvery(INTERVAL_MS),
  })
  return (
    <section className="card stack">
      <h2>{t('locations.here')}</h2>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {data && (
        <dl className="values">
          <div>
            <dt>{t('locations.name')}</dt>
            <dd>
              <bdi>{data.location}</bdi>
            </dd>
          </div>
          <div>
            <dt>{t('locations.state')}</dt>
            <dd>
              <StateGrade state={data.status} /> {data.reason !== undefined && <bdi>{data.reason}</bdi>}
            </dd>
          </div>
          <div>
            <dt>{t('locations.database')}</dt>
            <dd>
              <StateGrade state={data.database.status} />
            </dd>
          </div>
          <div>
            <dt>{t('locations.search')}</dt>
            <dd>
              <StateGrade state={data.search.status} /> <bdi className="quiet">{data.search.engine}</bdi>
            </dd>
          </div>
        </dl>
      )}
    </section>
  )
}
