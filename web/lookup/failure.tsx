/** @jsxImportSource preact */
import type { Failure } from './api.ts'
import { formatTime, t } from './translator.ts'

/** Says why there is no answer, and what to do. */
export function FailureNotice({ failure }: { failure: Failure }) {
  return (
    <p class="notice bad" role="alert">
      {failure.kind === 'limit' ? t('fault.limit', { time: formatTime(failure.until) }) : t(`fault.${failure.kind}`)}
    </p>
  )
}
