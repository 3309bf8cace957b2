import type { components } from '../../../client/paths.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { LocationName } from './location-list.tsx'

interface Props {
  location: components['schemas']['Location']
  isHere: boolean
}

/** A location as seen from this one. */
export function LocationRow({ location, isHere }: Props) {
  const { t, language } = useTexts()
  const { name, up, heard_at, replication_lag_ms, index_lag_ms, conflicts, drift } = location
  const remove = useAction(
    () => dataOf(registry.DELETE('/v1/locations/{name}', { params: { path: { name } } })),
    'locations',
  )
  const seconds = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', maximumFractionDigits: 1 })
  const lag = (milliseconds: number | null) =>
    milliseconds === null ? t('locations.unknown') : seconds.format(milliseconds / 1000)
  const facts = [
    ...(isHere ? [] : [[t('locations.replicationLag'), lag(replication_lag_ms)]]),
    [t('locations.indexLag'), lag(index_lag_ms)],
    [t('locations.conflicts'), conflicts ?? t('locations.unknown')],
    [t('locations.drift'), drift ?? t('locations.unknown')],
  ]
  return (
    <li className="stack run">
      <div className="row spread">
        <span className="row">
          <LocationName location={location} isHere={isHere} />
        </span>
        {!up && !isHere && (
          <Confirmed
            label={t('locations.remove')}
            named={t('locations.removeNamed', { name })}
            onConfirm={() => remove.mutate(undefined)}
          >
            {t('locations.removal')}
          </Confirmed>
        )}
      </div>
      <dl className="form">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="quiet">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {heard_at !== null && !isHere && (
          <div>
            <dt className="quiet">{t('locations.heardAt')}</dt>
            <dd>
              <Time at={heard_at} />
            </dd>
          </div>
        )}
      </dl>
      <ActionFault error={remove.error} />
    </li>
  )
}
