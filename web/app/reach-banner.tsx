import { useSyncExternalStore } from 'react'
import { reach } from './reach.ts'
import { useTexts } from './translator.ts'

/** Says that the registry cannot be reached, for as long as that is so. */
export function ReachBanner() {
  const { t } = useTexts()
  const state = useSyncExternalStore(reach.subscribe, reach.get)
  // The element is always there, so that a screen reader reads what appears in it.
  return (
    <div className="reach" role="status">
      {state !== 'reached' && <p className="notice">{t(`reach.${state}`)}</p>}
    </div>
  )
}
