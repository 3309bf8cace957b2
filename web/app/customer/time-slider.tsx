import { useEffect, useId } from 'react'
import { formatTime } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { useTyped } from '../use-typed.ts'
import { useHistory } from './use-history.ts'

interface Props {
  id: string
  asOf: string | undefined
  onChange: (asOf: string | undefined) => void
}

/**
 * Moves through the times at which a change became valid, and ends at now: each step shows something else. The customer is read when the slider
 * is let go, since each read leaves an entry in the audit. At its beginning, earlier times are read.
 */
export function TimeSlider({ id, asOf, onChange }: Props) {
  const { t, language } = useTexts()
  const inputId = useId()
  const { items, hasNextPage, isFetching, isError, fetchNextPage } = useHistory(id)
  const times = [...new Set(items.map(it => it.valid_from))].sort()
  const shown =
    asOf === undefined
      ? times.length
      : Math.max(
          0,
          times.findLastIndex(it => it <= asOf),
        )
  const [step, setStep] = useTyped(shown)
  const isAtEnd = asOf !== undefined && shown === 0
  useEffect(() => {
    if (isAtEnd && hasNextPage && !isFetching && !isError) fetchNextPage()
  }, [isAtEnd, hasNextPage, isFetching, isError, fetchNextPage])
  if (times.length < 2) return null
  const time = times[step]
  const choose = () => step !== shown && onChange(time)
  return (
    <div className="field">
      <label htmlFor={inputId}>{t('time.slider')}</label>
      <input
        id={inputId}
        className="slider"
        type="range"
        min={0}
        max={times.length}
        value={step}
        aria-valuetext={time === undefined ? t('time.now') : formatTime(language, time)}
        onChange={event => setStep(Number(event.target.value))}
        onPointerUp={choose}
        onKeyUp={choose}
        onBlur={choose}
      />
      <output className="quiet" htmlFor={inputId}>
        {time === undefined ? t('time.now') : formatTime(language, time)}
      </output>
    </div>
  )
}
