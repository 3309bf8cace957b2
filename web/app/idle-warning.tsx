import { useEffect, useState, useSyncExternalStore } from 'react'
import { idleEnd } from './idle.ts'
import { Modal } from './modal.tsx'
import { formatDuration } from './time.tsx'
import { useTexts } from './translator.ts'

const MINUTE_S = 60

/** The time until an instant, in whole minutes, or in seconds if it is less than one. */
function Remaining({ end }: { end: number }) {
  const { language } = useTexts()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(Math.ceil((end - now) / 1000), 0)
  const shown = seconds > MINUTE_S ? Math.ceil(seconds / MINUTE_S) * MINUTE_S : seconds
  return <strong role="timer">{formatDuration(language, shown)}</strong>
}

/** Warns that the session ends because nobody uses the page. Any use of the page ends the warning. */
export function IdleWarning() {
  const { t } = useTexts()
  const end = useSyncExternalStore(idleEnd.subscribe, idleEnd.get)
  if (end === null) return null
  return (
    <Modal labelledBy="idle-title" describedBy="idle-text">
      <div className="stack">
        <h2 id="idle-title">{t('idle.title')}</h2>
        <p id="idle-text">
          {t('idle.text')} <Remaining end={end} />
        </p>
        {/* A click is a use of the page. */}
        <button className="button primary" type="button">
          {t('idle.stay')}
        </button>
      </div>
    </Modal>
  )
}
