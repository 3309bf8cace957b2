import { failureOf } from './request.ts'
import { useTexts } from './translator.ts'

/** The API's reason; without one, whether it was not reached or cannot answer. */
export function FaultText({ status, detail }: ReturnType<typeof failureOf>) {
  const { t } = useTexts()
  return detail === null ? t(status === 0 ? 'fault.offline' : 'fault.unavailable') : <bdi>{detail}</bdi>
}

interface Props {
  error: Error
  onRetry: () => void
}

/** Says why there is nothing to show, and what to do. */
export function FailureNotice({ error, onRetry }: Props) {
  const { t } = useTexts()
  const { status, detail } = failureOf(error)
  const isMissing = status === 404 || status === 410
  const isRefused = status >= 400 && status < 500 && !isMissing && detail !== null
  return (
    <div className="notice bad row spread" role="alert">
      <span>{isMissing ? t('fault.missing') : <FaultText status={status} detail={isRefused ? detail : null} />}</span>
      {!isMissing && !isRefused && (
        <button className="button" type="button" onClick={onRetry}>
          {t('fault.retry')}
        </button>
      )}
    </div>
  )
}
