import '../provider/provider.css'
import { useQuery } from '@tanstack/react-query'
import { useCaller } from '../caller.ts'
import { FailureNotice } from '../failure.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { LocationRow } from './location-row.tsx'
import { OwnHealth } from './own-health.tsx'
import { pollEvery } from './polling.ts'
import { Reachability } from './reachability.tsx'

/** Each request leaves an entry in the audit, so that they are not frequent. */
const INTERVAL_MS = 15_000

/** How the locations do, as this one sees them. */
function AllLocations() {
  const { t } = useTexts()
  const { data: caller } = useCaller()
  const { data, error, refetch } = useQuery({
    queryKey: ['locations'],
    queryFn: ({ signal }) => dataOf(registry.GET('/v1/locations', { signal })),
    refetchInterval: pollEvery(INTERVAL_MS),
  })
  return (
    <>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {data && (
        <section className="card stack">
          <h2>{t('locations.all')}</h2>
          <ul className="rows">
            {data.items.map(location => (
              <LocationRow key={location.name} location={location} isHere={location.name === caller?.location} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** Which location this is, and how the others do, as far as the user may know. */
export function Locations() {
  const { t } = useTexts()
  const { data: caller } = useCaller()
  const maySeeAll = caller?.operations.includes('listLocations')
  return (
    <div className="stack">
      <h1>{t('locations.title')}</h1>
      <OwnHealth />
      {caller && (maySeeAll ? <AllLocations /> : <Reachability />)}
    </div>
  )
}
