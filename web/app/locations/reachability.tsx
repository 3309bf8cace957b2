import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { LocationList, LocationName } from './location-list.tsx'

/** Which locations there are, and which of them can be reached: what agents may see of them. */
export const Reachability = () => (
  <LocationList name="reachability" read={({ signal }) => dataOf(registry.GET('/v1/reachability', { signal }))}>
    {(location, isHere) => (
      <li key={location.name} className="row">
        <LocationName location={location} isHere={isHere} />
      </li>
    )}
  </LocationList>
)
