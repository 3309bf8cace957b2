import { type QueryFunction, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useCaller } from '../caller.ts'
import { FailureNotice } from '../failure.tsx'
import { useTexts } from '../translator.ts'
import { StateGrade } from './own-health.tsx'
import { pollEvery } from './polling.ts'

/** Each request leaves an entry in the audit, so that they are not frequent. */
const INTERVAL_MS = 15_000

interface NameProps {
  location: { name: string; up: boolean }
  /** Whether it is the one that was asked. */
  isHere: boolean
}

/** The name of a location, and whether it can be reached. */
export function LocationName({ location: { name, up }, isHere }: NameProps) {
  const { t } = useTexts()
  return (
    <>
      <strong>
        <bdi>{name}</bdi>
      </strong>
      <StateGrade state={up ? 'up' : 'down'} />
      {isHere && <span className="quiet">{t('locations.isHere')}</span>}
    </>
  )
}

interface ListProps<L> {
  name: 'locations' | 'reachability'
  read: QueryFunction<{ items: readonly L[] }>
  children: (location: L, isHere: boolean) => ReactNode
}

/** All locations, read again and again. */
export function LocationList<L extends { name: string }>({ name, read, children }: ListProps<L>) {
  const { t } = useTexts()
  const { data: caller } = useCaller()
  const { data, error, refetch } = useQuery({
    queryKey: [name],
    queryFn: read,
    refetchInterval: pollEvery(INTERVAL_MS),
  })
  return (
    <>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {data && (
        <section className="card stack">
          <h2>{t('locations.all')}</h2>
          <ul className="rows">{data.items.map(location => children(location, location.name === caller?.location))}</ul>
        </section>
      )}
    </>
  )
}
