import '../provider/provider.css'
import { useCaller } from '../caller.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { LocationList } from './location-list.tsx'
import { LocationRow } from './location-row.tsx'
import { OwnHealth } from './own-health.tsx'
import { Reachability } from './reachability.tsx'

/** How the locations do, as this one sees them. */
const AllLocations = () => (
  <LocationList name="locations" read={({ signal }) => dataOf(registry.GET('/v1/locations', { signal }))}>
    {(location, isHere) => <LocationRow key={location.name} location={location} isHere={isHere} />}
  </LocationList>
)

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
