import { useQuery } from '@tanstack/react-query'
import { useCaller } from '../caller.ts'
import { FailureNotice } from '../failure.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { StateGrade } from './own-health.tsx'
import { pollEvery } from './polling.ts'

const INTERVAL_MS = 15_000

/** Which locations there are, and which of them can be reached: what agents may see of them. */
export function Reachability() {
  const { t } = useTexts()
  const { data: caller } = useCaller()
  const { data, error, refetch } = useQuery({
    queryKey: ['reachability'],
    queryFn: ({ signal }) => dataOf(registry.GET('/v1/reachability', { signal })),
    refetchInterval: pollEvery(INTERVAL_MS),
  })
  return (
    <>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {data && (
        <section className="card stack">
          <h2>{t('locations.all')}</h2>
          <ul className="rows">
            {data.items.map(({ name, up }) => (
              <li key={name} className="row">
                <strong>
                  <bdi>{name}</bdi>
                </strong>
                <StateGrade state={up ? 'up' : 'down'} />
                {name === caller?.location && <span className="quiet">{t('locations.isHere')}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
