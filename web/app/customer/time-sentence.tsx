import { formatTime } from '../time.tsx'
import { useTexts } from '../translator.ts'
import type { TimeSearch } from './time-search.ts'

const SENTENCES = { '': 'time.isNow', as_of: 'time.isAsOf', known_at: 'time.isKnownAt', both: 'time.isBoth' } as const

interface Props {
  search: TimeSearch
  /** Another location may still send a change of before that time. */
  isProvisional: boolean
}

/** Says in a sentence what one sees; the exact times are shown on hover. */
export function TimeSentence({ search: { as_of, known_at }, isProvisional }: Props) {
  const { t, language } = useTexts()
  const format = (time: string | undefined) => (time === undefined ? '' : formatTime(language, time))
  const which = as_of && known_at ? 'both' : as_of ? 'as_of' : known_at ? 'known_at' : ''
  return (
    <span title={[as_of, known_at].filter(it => it !== undefined).join(' · ')}>
      {t(SENTENCES[which], { asOf: format(as_of), knownAt: format(known_at) })}
      {isProvisional && ` ${t('time.provisional')}`}
    </span>
  )
}
